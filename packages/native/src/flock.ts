import { closeSync, constants, openSync } from 'node:fs';
import { check, libc } from './libc.ts';

const flock = libc.func('int flock(int fd, int operation)');
const LOCK_EX = 2;
const LOCK_NB = 4;

/**
 * Takes the exclusive lock of a file, creating it if need be, without waiting. The kernel drops it with the process.
 * @throws SystemCallError EAGAIN where another process (or another call) holds it
 */
export function lockFile(path: string): Disposable {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    check('flock', flock(fd, LOCK_EX | LOCK_NB), path);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return { [Symbol.dispose]: () => closeSync(fd) };
}
