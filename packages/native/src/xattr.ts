import { check, libc, SystemCallError } from './libc.ts';

const calls = {
  setxattr: libc.func('int setxattr(const char *path, const char *name, const void *value, size_t size, int flags)'),
  getxattr: libc.func('long getxattr(const char *path, const char *name, void *value, size_t size)'),
  listxattr: libc.func('long listxattr(const char *path, void *list, size_t size)'),
  removexattr: libc.func('int removexattr(const char *path, const char *name)'),
};

/** The kernel's bound on a value and on a list of names. */
const XATTR_MAX = 65536;

/** One for all calls, which are synchronous: a new one of this size for each file of a tree costs more than the call. */
const scratch = Buffer.alloc(XATTR_MAX);

/** Works for O_PATH descriptors too, of symbolic links and devices as well, where f*xattr calls do not. */
function self(fd: number): string {
  return `/proc/self/fd/${fd}`;
}

export function setXattr(fd: number, name: string, value: Uint8Array): void {
  // libc reads up to the first NUL, so this would set another attribute.
  if (name.includes('\0')) throw new TypeError('an attribute name has a NUL byte');
  check('setxattr', calls.setxattr(self(fd), name, value, value.length, 0), name);
}

/** The value, or undefined where the file has no such attribute. */
export function getXattr(fd: number, name: string): Buffer | undefined {
  try {
    const length = check('getxattr', calls.getxattr(self(fd), name, scratch, scratch.length), name);
    return Buffer.from(scratch.subarray(0, length));
  } catch (error) {
    if (error instanceof SystemCallError && error.code === 'ENODATA') return undefined;
    throw error;
  }
}

export function listXattrs(fd: number): string[] {
  const length = check('listxattr', calls.listxattr(self(fd), scratch, scratch.length));
  return length === 0 ? [] : scratch.toString('utf8', 0, length).split('\0').slice(0, -1);
}

export function removeXattr(fd: number, name: string): void {
  check('removexattr', calls.removexattr(self(fd), name), name);
}
