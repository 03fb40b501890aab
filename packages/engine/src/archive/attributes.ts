import { chmodSync, closeSync, constants, fchmodSync } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import {
  AT_EMPTY_PATH,
  fchownat,
  futimens,
  O_PATH,
  openat2,
  type Path,
  RESOLVE_BENEATH,
  RESOLVE_NO_SYMLINKS,
  utimensat,
} from '@selkie/native/path';
import { setXattr } from '@selkie/native/xattr';
import type { TarEntry } from './entry.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Name an attribute is stored under; overlayfs keeps its own bookkeeping in some. */
export type XattrName = (name: string) => string;

/**
 * The order matters: a change of owner clears setuid bits and file capabilities. Times of directories come last of all, when
 * nothing is made in them any more.
 */
export function applyToFile(fd: number, entry: TarEntry, owner: Owner, xattrName: XattrName): void {
  fchownat(fd, '', owner.uid, owner.gid, AT_EMPTY_PATH);
  fchmodSync(fd, entry.mode);
  applyXattrs(fd, entry, xattrName);
  futimens(fd, entry.mtime);
}

export function applyToDirectory(fd: number, entry: TarEntry, owner: Owner, xattrName: XattrName): void {
  fchownat(fd, '', owner.uid, owner.gid, AT_EMPTY_PATH);
  chmodSync(`/proc/self/fd/${fd}`, entry.mode);
  applyXattrs(fd, entry, xattrName);
}

/** For what cannot be opened: symbolic links, devices, FIFOs. */
export function applyToSpecial(dirFd: number, name: Path, entry: TarEntry, owner: Owner, xattrName: XattrName): void {
  fchownat(dirFd, name, owner.uid, owner.gid);
  const link = entry.type === 'symlink';
  if (!link || entry.xattrs.length > 0) {
    const fd = openat2(dirFd, name, {
      flags: O_PATH | constants.O_NOFOLLOW,
      resolve: RESOLVE_BENEATH | (link ? 0 : RESOLVE_NO_SYMLINKS),
    });
    try {
      if (!link) chmodSync(`/proc/self/fd/${fd}`, entry.mode);
      applyXattrs(fd, entry, xattrName);
    } finally {
      closeSync(fd);
    }
  }
  utimensat(dirFd, name, entry.mtime);
}

function applyXattrs(fd: number, entry: TarEntry, xattrName: XattrName): void {
  for (const [name, value] of entry.xattrs) {
    try {
      setXattr(fd, xattrName(name), value);
    } catch (error) {
      // A filesystem without this class of attributes, or `user.` on something that is neither file nor directory.
      if (error instanceof SystemCallError && error.code === 'ENOTSUP') continue;
      if (error instanceof SystemCallError && error.code === 'EPERM' && name.startsWith('user.')) continue;
      throw error;
    }
  }
}
