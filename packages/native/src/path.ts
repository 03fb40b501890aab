import { check, libc } from './libc.ts';

/** A file name or path: text, or bytes where it may not be UTF-8. */
export type Path = string | Uint8Array;

const syscall = libc.func('long syscall(long number, int dirFd, const char *path, const void *how, size_t size)');
const calls = {
  mkdirat: libc.func('int mkdirat(int dirFd, const char *path, uint32_t mode)'),
  symlinkat: libc.func('int symlinkat(const char *target, int dirFd, const char *path)'),
  linkat: libc.func('int linkat(int fromFd, const char *from, int toFd, const char *to, int flags)'),
  unlinkat: libc.func('int unlinkat(int dirFd, const char *path, int flags)'),
  renameat2: libc.func('int renameat2(int fromFd, const char *from, int toFd, const char *to, uint32_t flags)'),
  mknodat: libc.func('int mknodat(int dirFd, const char *path, uint32_t mode, uint64_t device)'),
  fchownat: libc.func('int fchownat(int dirFd, const char *path, uint32_t uid, uint32_t gid, int flags)'),
  futimens: libc.func('int futimens(int fd, const void *times)'),
  utimensat: libc.func('int utimensat(int dirFd, const char *path, const void *times, int flags)'),
  readlinkat: libc.func('long readlinkat(int dirFd, const char *path, void *target, size_t size)'),
};

/** The same number on x86-64 and arm64, as every call added since 5.1. */
const SYS_openat2 = 437;
const EAGAIN = -11;

export const O_PATH = 0o10000000;
export const O_CLOEXEC = 0o2000000;

export const RESOLVE_NO_XDEV = 0x01;
export const RESOLVE_NO_MAGICLINKS = 0x02;
export const RESOLVE_NO_SYMLINKS = 0x04;
export const RESOLVE_BENEATH = 0x08;
export const RESOLVE_IN_ROOT = 0x10;

export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_REMOVEDIR = 0x200;
export const AT_EMPTY_PATH = 0x1000;

export const S_IFIFO = 0o010000;
export const S_IFCHR = 0o020000;
export const S_IFBLK = 0o060000;

export const RENAME_NOREPLACE = 1;

/** libc reads up to the first NUL, so a name with one inside would become another name. */
function cstring(path: Path): Path {
  if (typeof path === 'string') {
    if (path.includes('\0')) throw new TypeError('a path has a NUL byte');
    return path;
  }
  if (path.includes(0)) throw new TypeError('a path has a NUL byte');
  const bytes = new Uint8Array(path.length + 1);
  bytes.set(path);
  return bytes;
}

const how = new BigUint64Array(3);

/**
 * Opens a path below a directory descriptor; close-on-exec always. `resolve` bounds what the kernel may walk through: with
 * RESOLVE_IN_ROOT the directory is `/` for every `..` and symbolic link on the way, without a moment to race in.
 * @returns a descriptor of Node's fs
 */
export function openat2(dirFd: number, path: Path, options: { flags: number; mode?: number; resolve: number }): number {
  const name = cstring(path);
  how[0] = BigInt(options.flags | O_CLOEXEC);
  how[1] = BigInt(options.mode ?? 0);
  how[2] = BigInt(options.resolve);
  // EAGAIN: something was renamed while `..` was being resolved, so the kernel could not vouch for the result.
  for (let attempt = 0; ; attempt++) {
    try {
      return check('openat2', syscall(SYS_openat2, dirFd, name, how, how.byteLength), path);
    } catch (error) {
      if (attempt === 64 || !(error instanceof Error && 'errno' in error && error.errno === EAGAIN)) throw error;
    }
  }
}

export function mkdirat(dirFd: number, path: Path, mode: number): void {
  check('mkdirat', calls.mkdirat(dirFd, cstring(path), mode), path);
}

export function symlinkat(target: Path, dirFd: number, path: Path): void {
  check('symlinkat', calls.symlinkat(cstring(target), dirFd, cstring(path)), path);
}

/** Links the very name `from`: a symbolic link there is linked, not followed. */
export function linkat(fromFd: number, from: Path, toFd: number, to: Path): void {
  check('linkat', calls.linkat(fromFd, cstring(from), toFd, cstring(to), 0), to);
}

export function unlinkat(dirFd: number, path: Path, flags = 0): void {
  check('unlinkat', calls.unlinkat(dirFd, cstring(path), flags), path);
}

export function renameat(fromFd: number, from: Path, toFd: number, to: Path, flags = 0): void {
  check('renameat2', calls.renameat2(fromFd, cstring(from), toFd, cstring(to), flags), from);
}

/** @param mode with the type (S_IFCHR, S_IFBLK, S_IFIFO); the process's umask applies */
export function mknodat(dirFd: number, path: Path, mode: number, device = 0n): void {
  check('mknodat', calls.mknodat(dirFd, cstring(path), mode, device), path);
}

/** A device number, as mknodat takes it. */
export function makedev(major: number, minor: number): bigint {
  const [high, low] = [BigInt(major), BigInt(minor)];
  return ((high & 0xfffff000n) << 32n) | ((high & 0xfffn) << 8n) | ((low & 0xffffff00n) << 12n) | (low & 0xffn);
}

export function fchownat(dirFd: number, path: Path, uid: number, gid: number, flags = AT_SYMLINK_NOFOLLOW): void {
  check('fchownat', calls.fchownat(dirFd, cstring(path), uid, gid, flags), path);
}

export interface Timestamp {
  readonly seconds: number;
  readonly nanoseconds: number;
}

const times = new BigInt64Array(4);

/** Sets access and modification time to one value. */
export function utimensat(dirFd: number, path: Path, time: Timestamp, flags = AT_SYMLINK_NOFOLLOW): void {
  fillTimes(time);
  check('utimensat', calls.utimensat(dirFd, cstring(path), times, flags), path);
}

/** The same by a descriptor, which must not be an O_PATH one. */
export function futimens(fd: number, time: Timestamp): void {
  fillTimes(time);
  check('futimens', calls.futimens(fd, times));
}

function fillTimes({ seconds, nanoseconds }: Timestamp): void {
  times[0] = times[2] = BigInt(seconds);
  times[1] = times[3] = BigInt(nanoseconds);
}

export function readlinkat(dirFd: number, path: Path): Buffer {
  const target = Buffer.alloc(4096);
  const length = check('readlinkat', calls.readlinkat(dirFd, cstring(path), target, target.length), path);
  return target.subarray(0, length);
}
