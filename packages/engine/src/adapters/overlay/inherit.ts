import { chmodSync, closeSync, fstatSync } from 'node:fs';
import { AT_EMPTY_PATH, fchownat, utimensat } from '@selkie/native/path';
import { getXattr, listXattrs, setXattr } from '@selkie/native/xattr';
import { isCode, openInRoot } from '../../archive/directories.ts';

const OVERLAY_XATTR = 'trusted.overlay.';

/**
 * Gives directories of a layer that had no member of their own the owner, mode, time and attributes the same path has below, as
 * overlayfs shows a merged directory with the uppermost layer's: `/tmp` must stay 1777 when a layer only brings `tmp/x`.
 * @param lowers directories of the layers below, topmost first
 */
export function inheritDirectories(
  layerFd: number,
  paths: readonly (readonly string[])[],
  lowers: readonly number[],
): void {
  for (const path of paths) {
    for (const lower of lowers) {
      try {
        copyDirectory(lower, layerFd, path);
        break;
      } catch (error) {
        if (!isCode(error, 'ENOENT', 'ELOOP')) {
          // A file or a whiteout there: nothing further down is visible.
          if (isCode(error, 'ENOTDIR')) break;
          throw error;
        }
      }
    }
  }
}

function copyDirectory(fromRoot: number, toRoot: number, path: readonly string[]): void {
  const from = openInRoot(fromRoot, path);
  try {
    const to = openInRoot(toRoot, path);
    try {
      copyAttributes(from, to);
    } finally {
      closeSync(to);
    }
  } finally {
    closeSync(from);
  }
}

/** Owner, mode, times and extended attributes, without overlayfs's own. */
export function copyAttributes(from: number, to: number): void {
  const stats = fstatSync(from, { bigint: true });
  fchownat(to, '', Number(stats.uid), Number(stats.gid), AT_EMPTY_PATH);
  chmodSync(`/proc/self/fd/${to}`, Number(stats.mode & 0o7777n));
  for (const name of listXattrs(from)) {
    const value = name.startsWith(OVERLAY_XATTR) ? undefined : getXattr(from, name);
    if (value !== undefined) setXattr(to, name, value);
  }
  const nanoseconds = ((stats.mtimeNs % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (stats.mtimeNs - nanoseconds) / 1_000_000_000n;
  utimensat(to, '.', { seconds: Number(seconds), nanoseconds: Number(nanoseconds) });
}
