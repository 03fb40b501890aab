import { accessSync, constants } from 'node:fs';
import { SelkieError } from '@selkie/contract';

/** Small static programs that run as PID 1 and reap; Debian's catatonit and tini-static among them. */
const CANDIDATES = [
  '/usr/libexec/podman/catatonit',
  '/usr/bin/catatonit',
  '/usr/bin/tini-static',
  '/usr/sbin/docker-init',
  '/usr/bin/docker-init',
  '/usr/libexec/docker/docker-init',
];

/** The init this host has, if any. */
export function findInit(): string | undefined {
  return CANDIDATES.find(isExecutable);
}

/** Where this host has an init for `--init`. @throws SelkieError HOST where it has none */
export function initProgram(): string {
  const found = findInit();
  if (found !== undefined) return found;
  throw new SelkieError('HOST', { reason: 'no init program is installed for --init: install the package catatonit' });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
