import { closeSync, constants, fstatSync, readdirSync, type Stats, type StatsBase } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import {
  O_PATH,
  openat2,
  RESOLVE_BENEATH,
  RESOLVE_NO_SYMLINKS,
  RESOLVE_NO_XDEV,
  readlinkat,
} from '@selkie/native/path';
import { getXattr, listXattrs } from '@selkie/native/xattr';
import { isCode } from './directories.ts';
import { type EntryType, type TarEntry, toPath } from './entry.ts';

const OVERLAY_XATTR = 'trusted.overlay.';
/** As {@link xattrInLayer} writes them. */
const ESCAPED_XATTR = 'trusted.overlay.overlay.';
/** Belong to this host's policy, not to the files. */
const HOST_XATTRS = ['security.selinux', 'security.ima', 'security.evm'];

/** A file of a tree, held by a descriptor that stays on it whatever is renamed meanwhile. */
export interface TreeNode extends Disposable {
  /** An O_PATH descriptor: opening it does nothing to a device or a FIFO. */
  readonly fd: number;
  readonly stats: Stats;
}

/** Opens a name in a directory without following it; undefined where it has gone or something is mounted on it. */
export function openNode(dirFd: number, name: string): TreeNode | undefined {
  let fd: number;
  try {
    fd = openat2(dirFd, toPath(name), {
      flags: O_PATH | constants.O_NOFOLLOW,
      resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
    });
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EXDEV')) return undefined;
    throw error;
  }
  try {
    return { fd, stats: fstatSync(fd), [Symbol.dispose]: () => closeSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Names in a directory as byte strings, in an order that does not depend on the filesystem. */
export function namesIn(dirFd: number): string[] {
  return readdirSync(`/proc/self/fd/${dirFd}`, { encoding: 'latin1' }).sort();
}

/** The archive member for a file; undefined for what archives have no member for. Times are cut to seconds, as layers have them. */
export function describeNode({ fd, stats }: TreeNode, path: string): TarEntry | undefined {
  const type = typeOf(stats);
  if (type === undefined) return undefined;
  const device = type === 'character' || type === 'block';
  return {
    name: type === 'directory' ? `${path}/` : path,
    linkName: type === 'symlink' ? readlinkat(fd, '').toString('latin1') : '',
    type,
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    mtime: { seconds: Math.floor(stats.mtimeMs / 1000), nanoseconds: 0 },
    major: device ? major(stats.rdev) : 0,
    minor: device ? minor(stats.rdev) : 0,
    size: type === 'file' ? stats.size : 0,
    xattrs: xattrsOf(fd),
  };
}

/** Undefined for what archives have no member for. */
export function typeOf(stats: StatsBase<number> | StatsBase<bigint>): EntryType | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  if (stats.isCharacterDevice()) return 'character';
  if (stats.isBlockDevice()) return 'block';
  // A socket means nothing without the process that listens on it.
  return stats.isFIFO() ? 'fifo' : undefined;
}

function xattrsOf(fd: number): [string, Buffer][] {
  return attributeNames(fd).flatMap((name): [string, Buffer][] => {
    const shown = name.startsWith(ESCAPED_XATTR) ? OVERLAY_XATTR + name.slice(ESCAPED_XATTR.length) : name;
    if (HOST_XATTRS.includes(name) || (shown === name && name.startsWith(OVERLAY_XATTR))) return [];
    const value = getXattr(fd, name);
    return value === undefined ? [] : [[shown, value]];
  });
}

function attributeNames(fd: number): string[] {
  try {
    return listXattrs(fd);
  } catch (error) {
    if (error instanceof SystemCallError && error.code === 'ENOTSUP') return [];
    throw error;
  }
}

/** The kernel's 64-bit device numbers; what a container can make fits the part that a double holds. */
function major(device: number): number {
  return Math.floor(device / 0x100) & 0xfff;
}

function minor(device: number): number {
  return (device & 0xff) | ((Math.floor(device / 0x1000) & 0xfff00) >>> 0);
}
