import { closeSync, constants, lstatSync, readdirSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { openat2, RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS, RESOLVE_NO_XDEV } from '@selkie/native/path';
import { isCode } from '../../archive/directories.ts';
import { toPath } from '../../archive/entry.ts';

/** How many files are looked at before other work gets its turn. */
const SLICE = 500;

/**
 * Adds up what is below a directory, hard-linked files once and directories by number only. Its container may be writing there,
 * so directories are opened without following links and what vanishes is passed over.
 */
export async function diskUsage(rootFd: number, signal: AbortSignal): Promise<{ size: number; inodes: number }> {
  const seen = new Set<number>();
  const pending = ['.'];
  let size = 0;
  let inodes = 0;
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const fd = openBelow(rootFd, path);
    if (fd === undefined) continue;
    try {
      for (const name of readdirSync(`/proc/self/fd/${fd}`, { encoding: 'latin1' })) {
        const file = lstatSync(Buffer.from(`/proc/self/fd/${fd}/${name}`, 'latin1'), { throwIfNoEntry: false });
        if (file === undefined || (file.nlink > 1 && !file.isDirectory() && seen.has(file.ino))) continue;
        if (file.nlink > 1 && !file.isDirectory()) seen.add(file.ino);
        inodes++;
        if (file.isDirectory()) pending.push(`${path}/${name}`);
        else size += file.size;
        if (inodes % SLICE === 0) await setImmediate(undefined, { signal });
      }
    } finally {
      closeSync(fd);
    }
    signal.throwIfAborted();
  }
  return { size, inodes };
}

function openBelow(rootFd: number, path: string): number | undefined {
  try {
    return openat2(rootFd, toPath(path), {
      flags: constants.O_RDONLY | constants.O_DIRECTORY,
      resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
    });
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EXDEV', 'ENAMETOOLONG')) return undefined;
    throw error;
  }
}
