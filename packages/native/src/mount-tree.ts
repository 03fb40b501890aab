import { closeSync } from 'node:fs';
import { check, libc } from './libc.ts';

/**
 * Mounts that are attached nowhere: reached by their descriptor alone, seen by no other process, gone with the last descriptor, also where
 * the service is killed.
 */

const call = {
  openTree: libc.func('long syscall(long number, int dirFd, const char *path, uint32_t flags)'),
  setAttr: libc.func(
    'long syscall(long number, int fd, const char *path, uint32_t flags, const void *attr, size_t size)',
  ),
  fsopen: libc.func('long syscall(long number, const char *type, uint32_t flags)'),
  fsconfig: libc.func(
    'long syscall(long number, int fd, uint32_t command, const char *key, const char *value, int aux)',
  ),
  fsmount: libc.func('long syscall(long number, int fd, uint32_t flags, uint32_t attributes)'),
};

/** The same numbers on every architecture, as those of all calls added since 5.1. */
const SYS_open_tree = 428;
const SYS_fsopen = 430;
const SYS_fsconfig = 431;
const SYS_fsmount = 432;
const SYS_mount_setattr = 442;

const AT_FDCWD = -100;
const AT_EMPTY_PATH = 0x1000;
const AT_RECURSIVE = 0x8000;
const CLOEXEC = 0o2000000;
const OPEN_TREE_CLONE = 1;
const FSOPEN_CLOEXEC = 1;
const FSMOUNT_CLOEXEC = 1;
const FSCONFIG_CMD_CREATE = 6;
const MOUNT_ATTR_RDONLY = 1;

/** A detached copy of what is mounted at a path, from that path down; `recursive` with the mounts below it. */
export function cloneTree(path: string, { recursive }: { readonly recursive: boolean }): number {
  if (path.includes('\0')) throw new TypeError('a path has a NUL byte');
  const flags = OPEN_TREE_CLONE | CLOEXEC | (recursive ? AT_RECURSIVE : 0);
  return check('open_tree', call.openTree(SYS_open_tree, AT_FDCWD, path, flags), path);
}

/** Makes a detached tree refuse every change, also through descriptors already opened in it. */
export function makeReadOnly(treeFd: number): void {
  const attributes = new BigUint64Array([BigInt(MOUNT_ATTR_RDONLY), 0n, 0n, 0n]);
  const result = call.setAttr(
    SYS_mount_setattr,
    treeFd,
    '',
    AT_EMPTY_PATH | AT_RECURSIVE,
    attributes,
    attributes.byteLength,
  );
  check('mount_setattr', result);
}

/** A detached, empty tmpfs. */
export function emptyTmpfs(): number {
  const context = check('fsopen', call.fsopen(SYS_fsopen, 'tmpfs', FSOPEN_CLOEXEC));
  try {
    check('fsconfig', call.fsconfig(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, null, null, 0));
    return check('fsmount', call.fsmount(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0));
  } finally {
    closeSync(context);
  }
}
