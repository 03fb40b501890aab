import { closeSync, constants, lstatSync, readdirSync } from 'node:fs';
import { SystemCallError } from './libc.ts';
import {
  AT_REMOVEDIR,
  openat2,
  type Path,
  RESOLVE_BENEATH,
  RESOLVE_NO_SYMLINKS,
  RESOLVE_NO_XDEV,
  renameat,
  unlinkat,
} from './path.ts';

/** Where to stop, so that a caller on the main thread can hand the rest over. */
export interface RemoveBudget {
  entries: number;
  /** Freeing a file's blocks takes time by its size. */
  bytes: number;
}

const NO_BUDGET: RemoveBudget = { entries: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

/**
 * Deletes a name and everything below it, through descriptors only: never follows a symbolic link, never enters another mount,
 * and holds against someone who renames inside meanwhile. Trees of any depth take two descriptors: a directory that is not empty is
 * moved up to the top first.
 * @returns false where the budget ran out; what is left can be removed by another call
 */
export function removeTree(dirFd: number, name: Path, budget: RemoveBudget = NO_BUDGET): boolean {
  if (removeLeaf(dirFd, name)) return true;
  const top = openDirectory(dirFd, name);
  try {
    let moved = 0;
    for (let entries = children(top); entries.length > 0; entries = children(top)) {
      for (const child of entries) {
        if (!spend(budget, top, child)) return false;
        if (removeLeaf(top, child)) continue;
        const directory = openDirectory(top, child);
        try {
          for (const inner of children(directory)) {
            if (!spend(budget, directory, inner)) return false;
            if (!removeLeaf(directory, inner)) moved = moveUp(directory, inner, top, moved);
          }
        } finally {
          closeSync(directory);
        }
        removeLeaf(top, child);
      }
    }
  } finally {
    closeSync(top);
  }
  return removeLeaf(dirFd, name);
}

/** Deletes a file or an empty directory; true if the name is gone. */
function removeLeaf(dirFd: number, name: Path): boolean {
  for (const flags of [0, AT_REMOVEDIR]) {
    try {
      unlinkat(dirFd, name, flags);
      return true;
    } catch (error) {
      if (!(error instanceof SystemCallError)) throw error;
      if (error.code === 'ENOENT') return true;
      if (flags === 0 && error.code === 'EISDIR') continue;
      if (error.code === 'ENOTEMPTY') return false;
      throw error;
    }
  }
  return false;
}

function openDirectory(dirFd: number, name: Path): number {
  return openat2(dirFd, name, {
    flags: constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW,
    resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
  });
}

function children(fd: number): Buffer[] {
  return readdirSync(`/proc/self/fd/${fd}`, { encoding: 'buffer' });
}

function moveUp(fromFd: number, name: Path, top: number, counter: number): number {
  for (let next = counter; ; next++) {
    const free = `.removing-${next}`;
    try {
      lstatSync(`/proc/self/fd/${top}/${free}`);
    } catch {
      renameat(fromFd, name, top, free);
      return next + 1;
    }
  }
}

function spend(budget: RemoveBudget, dirFd: number, name: Buffer): boolean {
  if (budget.entries === Number.POSITIVE_INFINITY) return true;
  const path = Buffer.concat([Buffer.from(`/proc/self/fd/${dirFd}/`), name]);
  budget.entries -= 1;
  budget.bytes -= lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return budget.entries >= 0 && budget.bytes >= 0;
}
