import { closeSync, lstatSync, type Stats } from 'node:fs';
import { getXattr } from '@selkie/native/xattr';
import { isCode, openChild } from './directories.ts';
import { namesIn, openNode, type TreeNode } from './tree-entry.ts';
import { isWhiteoutDevice, OPAQUE_XATTR } from './whiteouts.ts';

/** An overlay's upper directory and what is below it. */
export interface ChangedLayer {
  readonly upperFd: number;
  /** Directories of the lower layers, topmost first. */
  readonly lowerFds: readonly number[];
  /** Paths where the engine and the runtime put mount points. Empty ones that no layer has are nobody's change. */
  readonly mountPoints: ReadonlySet<string>;
}

export interface Change {
  /** From the root without a leading slash; a byte string. */
  readonly path: string;
  readonly kind: 'modified' | 'added' | 'deleted';
  /** Gone because the directory around it was replaced by a new one. */
  readonly implied: boolean;
}

/** The file that was added or modified. */
export interface ChangedNode extends TreeNode {
  /** A directory that hides the one of the same name below. */
  readonly opaque: boolean;
}

/** Undefined for what is gone. */
export type VisitChange = (change: Change, node: ChangedNode | undefined) => void;

/**
 * Visits what an upper directory changes, parents before children. A directory counts as modified where something in it has changed,
 * not where it is only in the upper one because a file below it was copied up.
 */
export function walkChanges({ upperFd, lowerFds, mountPoints }: ChangedLayer, visit: VisitChange): void {
  new Walk(mountPoints, visit).directory(upperFd, '', lowerFds, () => {});
}

class Walk {
  readonly #mountPoints: ReadonlySet<string>;
  readonly #visit: VisitChange;

  constructor(mountPoints: ReadonlySet<string>, visit: VisitChange) {
    this.#mountPoints = mountPoints;
    this.#visit = visit;
  }

  /** @param announce visits the directory itself, unless that was done */
  directory(dirFd: number, prefix: string, lowers: readonly number[], announce: () => void): void {
    for (const name of namesIn(dirFd)) {
      using node = openNode(dirFd, name);
      if (node === undefined) continue;
      const path = prefix + name;
      const below = statBelow(lowers, name);
      if (isWhiteoutDevice(node.stats)) {
        if (below === undefined) continue;
        announce();
        this.#visit({ path, kind: 'deleted', implied: false }, undefined);
      } else if (this.#isMountPoint(path, node.stats, below)) {
      } else if (node.stats.isDirectory()) {
        this.#subdirectory({ node, name, path, below, lowers }, announce);
      } else {
        announce();
        const kind = below === undefined ? 'added' : 'modified';
        this.#visit({ path, kind, implied: false }, { ...node, opaque: false });
      }
    }
  }

  #subdirectory(
    {
      node,
      name,
      path,
      below,
      lowers,
    }: { node: TreeNode; name: string; path: string; below: Stats | undefined; lowers: readonly number[] },
    announce: () => void,
  ): void {
    const hides = below?.isDirectory() === true && isOpaque(node.fd);
    using inside = openBelow(lowers, name);
    let announced = false;
    const announceThis = () => {
      if (announced) return;
      announced = true;
      announce();
      const kind = below === undefined ? 'added' : 'modified';
      this.#visit({ path, kind, implied: false }, { ...node, opaque: hides });
    };
    const names = namesIn(node.fd);
    const made = names.filter((child) => this.#madeForMount(node.fd, `${path}/${child}`, child, inside.fds));
    const emptied = made.length > 0 && made.length === names.length;
    const changed = below === undefined ? !emptied : hides || differs(node.stats, below, made.length > 0);
    if (changed) announceThis();
    if (hides) this.#implied(names, path, inside.fds);
    this.directory(node.fd, `${path}/`, hides ? [] : inside.fds, announceThis);
  }

  #implied(names: readonly string[], path: string, lowers: readonly number[]): void {
    const gone = new Set(lowers.flatMap(namesIn).filter((name) => !names.includes(name)));
    for (const name of [...gone].sort()) {
      if (statBelow(lowers, name) === undefined) continue;
      this.#visit({ path: `${path}/${name}`, kind: 'deleted', implied: true }, undefined);
    }
  }

  #madeForMount(dirFd: number, path: string, name: string, lowers: readonly number[]): boolean {
    if (!this.#mountPoints.has(path)) return false;
    using node = openNode(dirFd, name);
    return node !== undefined && this.#isMountPoint(path, node.stats, statBelow(lowers, name));
  }

  #isMountPoint(path: string, stats: Stats, below: Stats | undefined): boolean {
    if (!this.#mountPoints.has(path) || below !== undefined) return false;
    return stats.isDirectory() || (stats.isFile() && stats.size === 0);
  }
}

/** What the lower layers show under a name. */
function statBelow(lowers: readonly number[], name: string): Stats | undefined {
  for (const fd of lowers) {
    const path = Buffer.from(`/proc/self/fd/${fd}/${name}`, 'latin1');
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats !== undefined) return isWhiteoutDevice(stats) ? undefined : stats;
  }
  return undefined;
}

/** The directories of one name that lower layers merge. */
function openBelow(lowers: readonly number[], name: string): Disposable & { readonly fds: readonly number[] } {
  const fds: number[] = [];
  const close = () => {
    for (const fd of fds) closeSync(fd);
  };
  try {
    for (const lower of lowers) {
      const fd = openDirectoryBelow(lower, name);
      if (fd === 'hidden') break;
      if (fd === undefined) continue;
      fds.push(fd);
      if (isOpaque(fd)) break;
    }
  } catch (error) {
    close();
    throw error;
  }
  return { fds, [Symbol.dispose]: close };
}

/** `hidden`: what is there is no directory, so nothing further down shows. */
function openDirectoryBelow(lower: number, name: string): number | 'hidden' | undefined {
  try {
    return openChild(lower, name);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    if (isCode(error, 'ENOTDIR', 'ELOOP')) return 'hidden';
    throw error;
  }
}

function isOpaque(fd: number): boolean {
  return getXattr(fd, OPAQUE_XATTR)?.toString() === 'y';
}

/** @param touched whether its time only says that a mount point was made in it */
function differs(stats: Stats, below: Stats, touched: boolean): boolean {
  if (!below.isDirectory() || stats.mode !== below.mode) return true;
  if (stats.uid !== below.uid || stats.gid !== below.gid) return true;
  return !touched && stats.mtimeMs !== below.mtimeMs;
}
