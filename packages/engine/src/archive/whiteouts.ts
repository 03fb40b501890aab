import { closeSync, type Stats } from 'node:fs';
import { mknodat, S_IFCHR } from '@selkie/native/path';
import { setXattr } from '@selkie/native/xattr';
import { isCode, openChild } from './directories.ts';
import { printable, type TarEntry, toPath } from './entry.ts';
import { ArchiveError } from './errors.ts';

const PREFIX = '.wh.';
const META_PREFIX = '.wh..wh.';
const OPAQUE = '.wh..wh..opq';

const OVERLAY_XATTR = 'trusted.overlay.';
export const OPAQUE_XATTR = 'trusted.overlay.opaque';

/** Whether a member stands for a removal in the lower layers, as the image specification writes it. */
export function isWhiteout(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** Turns a whiteout member into overlayfs's own mark: a 0:0 character device, or the opaque attribute of the directory. */
export function placeWhiteout(dirFd: number, name: string, entry: TarEntry): void {
  if (name === OPAQUE) {
    markOpaque(dirFd);
    return;
  }
  // Other `.wh..wh.` names are the bookkeeping of aufs.
  if (name.startsWith(META_PREFIX)) return;
  const target = name.slice(PREFIX.length);
  if (target === '' || target === '.' || target === '..') {
    throw new ArchiveError(`${printable(entry.name)}: a whiteout of the directory itself`);
  }
  try {
    mknodat(dirFd, toPath(target), S_IFCHR);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    // Whiteouts only concern lower layers: what this layer has stays, but of a directory nothing below may show.
    markExistingOpaque(dirFd, target);
  }
}

function markExistingOpaque(dirFd: number, name: string): void {
  try {
    const fd = openChild(dirFd, name);
    try {
      markOpaque(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (!isCode(error, 'ENOTDIR', 'ELOOP')) throw error;
  }
}

export function markOpaque(fd: number): void {
  setXattr(fd, OPAQUE_XATTR, Buffer.from('y'));
}

export function isWhiteoutDevice(stats: Stats): boolean {
  return stats.isCharacterDevice() && stats.rdev === 0;
}

/**
 * A layer may carry attributes that mean something to overlayfs (redirect, metacopy). Escaped they are inert in the layer, and a
 * kernel from 6.7 on shows them to the container under their own name.
 */
export function xattrInLayer(name: string): string {
  return name.startsWith(OVERLAY_XATTR) ? `${OVERLAY_XATTR}overlay.${name.slice(OVERLAY_XATTR.length)}` : name;
}
