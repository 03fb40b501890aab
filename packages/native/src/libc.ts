import { getSystemErrorMap } from 'node:util';
import koffi from 'koffi';

/** The C library every other file of this room binds its calls from. */
export const libc = koffi.load('libc.so.6');

const names = getSystemErrorMap();

/** A failed system call, shaped like Node's own errors (`code`, `errno`, `syscall`, `path`). */
export class SystemCallError extends Error {
  readonly code: string;
  readonly errno: number;
  readonly syscall: string;
  readonly path?: string;

  constructor(syscall: string, errno: number, path?: string) {
    const [code, text] = names.get(-errno) ?? [`E${errno}`, 'unknown error'];
    super(`${syscall}${path === undefined ? '' : ` '${path}'`}: ${code}, ${text}`);
    this.name = 'SystemCallError';
    this.code = code;
    this.errno = -errno;
    this.syscall = syscall;
    if (path !== undefined) this.path = path;
  }
}

/**
 * Returns a call's non-negative result, or throws with the errno it left. Must run right after the call: whatever allocates in between may
 * start a garbage collection, whose own system calls change errno. So it is also told the path as it is.
 */
export function check(syscall: string, result: number, path?: string | Uint8Array): number {
  if (result >= 0) return result;
  const errno = koffi.errno();
  throw new SystemCallError(syscall, errno, typeof path === 'object' ? Buffer.from(path).toString() : path);
}
