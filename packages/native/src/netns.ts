import { closeSync, mkdirSync, openSync, statfsSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { check, libc, SystemCallError } from './libc.ts';
import { MNT_DETACH, MS_BIND, mount, umount2 } from './mount.ts';

const CLONE_NEWNET = 0x40000000;
const NSFS_MAGIC = 0x6e736673;
const OWN = '/proc/thread-self/ns/net';

const unshare = libc.func('int unshare(int flags)');
const setns = libc.func('int setns(int fd, int nstype)');

/**
 * Makes a network namespace kept alive by a bind mount at `path`. A namespace belongs to a thread, so everything here is synchronous: the
 * calling thread leaves its namespace and is back before the function returns. `setup` runs inside; where it throws nothing is left.
 */
export function createNetns(path: string, setup: () => void = () => {}): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '', { flag: 'wx', mode: 0o444 });
  try {
    restoring(() => {
      check('unshare', unshare(CLONE_NEWNET));
      setup();
      mount({ source: OWN, target: path, flags: MS_BIND });
    });
  } catch (error) {
    unlinkSync(path);
    throw error;
  }
}

/** True where a namespace is pinned at `path`, not just its file left by someone killed half way. */
export function isNetns(path: string): boolean {
  return statfsSync(path).type === NSFS_MAGIC;
}

/** Runs a synchronous function inside the network namespace at `path`. */
export function inNetns<T>(path: string, work: () => T): T {
  const fd = openSync(path, 'r');
  try {
    return restoring(() => {
      check('setns', setns(fd, CLONE_NEWNET), path);
      const result = work();
      if (result instanceof Promise) throw new TypeError('inNetns runs synchronous functions only');
      return result;
    });
  } finally {
    closeSync(fd);
  }
}

/** Moves the calling thread, and what it spawns from now on, into a fresh network namespace for good. */
export function leaveNetns(): void {
  check('unshare', unshare(CLONE_NEWNET));
}

/** Unpins a namespace; it ends with its last process. Nothing there is a success. */
export function removeNetns(path: string): void {
  try {
    umount2(path, MNT_DETACH);
  } catch (error) {
    if (!(error instanceof SystemCallError) || (error.code !== 'ENOENT' && error.code !== 'EINVAL')) throw error;
  }
  try {
    unlinkSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** A thread that can't go home would do everything that follows in a container's namespace: better no process than that. */
function restoring<T>(work: () => T): T {
  const home = openSync(OWN, 'r');
  try {
    return work();
  } finally {
    if (setns(home, CLONE_NEWNET) < 0) process.abort();
    closeSync(home);
  }
}
