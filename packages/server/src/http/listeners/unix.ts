import { chownSync, lstatSync, mkdirSync, readFileSync, unlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { listening } from './listening.ts';

/**
 * Listens on a path that only the owner and `group` may open. A socket a dead service left is replaced, one that still answers is not.
 * @throws SelkieError ADDRESS_IN_USE, HOST, INVALID_PARAMETER
 */
export async function listenUnix(server: Server, path: string, group?: string): Promise<void> {
  const gid = group === undefined ? undefined : groupId(group);
  mkdirSync(dirname(path), { recursive: true });
  await removeStale(path);
  // The mask and not a later chmod: there is no moment in which others could connect.
  const mask = process.umask(0o117);
  try {
    await listening(server, () => server.listen(path));
  } finally {
    process.umask(mask);
  }
  if (gid !== undefined) chownSync(path, -1, gid);
}

async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) throw new SelkieError('HOST', { reason: `${path} exists and is not a socket` });
  if (await answers(path)) throw new SelkieError('ADDRESS_IN_USE', { address: path });
  unlinkSync(path);
}

function answers(path: string): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const probe = connect(path);
  probe.once('connect', () => resolve(true));
  probe.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
    else if (error.code === 'EAGAIN') resolve(true);
    else reject(error);
  });
  return promise.finally(() => probe.destroy());
}

/** A group by name or number. */
function groupId(group: string): number {
  if (/^\d+$/.test(group)) return Number(group);
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${group}:`));
  const gid = line?.split(':')[2];
  if (gid === undefined)
    throw new SelkieError('INVALID_PARAMETER', { reason: `there is no group ${group} on this host` });
  return Number(gid);
}
