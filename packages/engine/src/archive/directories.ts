import { closeSync, constants } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import {
  mkdirat,
  O_PATH,
  openat2,
  RESOLVE_BENEATH,
  RESOLVE_IN_ROOT,
  RESOLVE_NO_MAGICLINKS,
  RESOLVE_NO_SYMLINKS,
} from '@selkie/native/path';
import { toPath } from './entry.ts';
import type { Tree } from './tree.ts';

const DIRECTORY = O_PATH | constants.O_DIRECTORY;

/** Opens a directory below the root as it would be seen by a process whose root it is. */
export function openInRoot(rootFd: number, path: readonly string[]): number {
  const name = path.length === 0 ? '.' : toPath(path.join('/'));
  return openat2(rootFd, name, { flags: DIRECTORY, resolve: RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS });
}

/** Opens a directory that is an immediate child, not a link to one. */
export function openChild(dirFd: number, name: string): number {
  return openat2(dirFd, toPath(name), {
    flags: DIRECTORY | constants.O_NOFOLLOW,
    resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
  });
}

/** Parent directories of an archive's members, kept open as long as members come in the same one. */
export class ParentDirectories implements Disposable {
  readonly #tree: Tree;
  readonly #made: (path: readonly string[]) => void;
  readonly #blocked: (dirFd: number, name: string) => void;
  #key: string | undefined;
  #fd = -1;

  /**
   * @param made called with the path of each directory that had to be made because the archive has no member for it
   * @param blocked called where a parent's name is taken by something else, to put a directory there or leave it
   */
  constructor(tree: Tree, made: (path: readonly string[]) => void, blocked: (dirFd: number, name: string) => void) {
    this.#tree = tree;
    this.#made = made;
    this.#blocked = blocked;
  }

  /** A descriptor of the directory, made if missing; valid until the next call. */
  open(path: readonly string[]): number {
    const key = path.join('/');
    if (key === this.#key) return this.#fd;
    this[Symbol.dispose]();
    this.#fd = this.#openOrMake(path);
    this.#key = key;
    return this.#fd;
  }

  /** To be called when a name was removed: the open directory may have been it, or reached through it. */
  invalidate(): void {
    this.#key = undefined;
  }

  [Symbol.dispose](): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
    this.#key = undefined;
  }

  #openOrMake(path: readonly string[]): number {
    try {
      return this.#tree.open(path);
    } catch (error) {
      if (!isCode(error, 'ENOENT', 'ENOTDIR')) throw error;
    }
    for (let depth = 1; depth <= path.length; depth++) this.#make(path.slice(0, depth - 1), path[depth - 1] ?? '');
    return this.#tree.open(path);
  }

  #make(parent: readonly string[], name: string): void {
    const parentFd = this.#tree.open(parent);
    try {
      mkdirat(parentFd, toPath(name), 0o755);
      this.#made([...parent, name]);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      this.#blocked(parentFd, name);
    } finally {
      closeSync(parentFd);
    }
  }
}

export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof SystemCallError && codes.includes(error.code);
}
