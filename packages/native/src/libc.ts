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

/** Returns a call's non-negative result, or throws with the errno it left. Must run right after the call. */
export function check(syscall: string, result: number, path?: string): number {
  if (result < 0) throw new SystemCallError(syscall, koffi.errno(), path);
  return result;
}
