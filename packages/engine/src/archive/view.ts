import { closeSync, constants, fstatSync } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import {
  O_PATH,
  openat2,
  type Path,
  RESOLVE_BENEATH,
  RESOLVE_NO_MAGICLINKS,
  RESOLVE_NO_SYMLINKS,
  RESOLVE_NO_XDEV,
  readlinkat,
} from '@selkie/native/path';
import { isCode } from './directories.ts';
import { toPath } from './entry.ts';
import { type Place, place, reopen } from './place.ts';
import { Trail } from './trail.ts';

/** As many as the kernel follows. */
const MAX_LINKS = 40;
const MAX_PATH = 4096;
const ENOENT = 2;
const ELOOP = 40;
const ENAMETOOLONG = 36;

export interface ResolveOptions {
  /** Where a relative path begins; the root if not given. */
  readonly from?: Trail;
  /** Whether a link at the very end is followed too. */
  readonly followLast?: boolean;
}

/** How far resolution came where something was missing. */
export class MissingError extends Error {
  /** The path it would have, as far as that can be said. */
  readonly path: readonly string[];

  constructor(path: readonly string[], cause: unknown) {
    super(`${path.join('/')}: no such file or directory`, { cause });
    this.name = 'MissingError';
    this.path = path;
  }
}

/**
 * A root directory as a process sees it whose root it is, with other trees mounted on some of its paths. Every step takes one name, in a
 * directory that is held open, and follows no link (openat2 with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS); links are read and their names
 * stepped through in turn; `..` goes back to the directory we came from. Whoever renames, links or mounts inside meanwhile can change which
 * of the places in the view is found, and nothing else: there is no step that leads out.
 */
export class View implements Disposable {
  readonly #root: number;
  readonly #mounts = new Map<string, number>();

  /** Takes the descriptor over. */
  constructor(rootFd: number) {
    this.#root = rootFd;
  }

  /** Puts a tree over a path; takes the descriptor over. */
  cover(path: readonly string[], treeFd: number): void {
    const key = path.join('/');
    const below = this.#mounts.get(key);
    if (below !== undefined) closeSync(below);
    this.#mounts.set(key, treeFd);
  }

  covers(path: readonly string[]): boolean {
    return this.#mounts.has(path.join('/'));
  }

  /** The root of everything. */
  root(): Place {
    return place(reopen(this.#root), []);
  }

  /**
   * Finds what a path leads to.
   * @throws MissingError; SystemCallError ENOTDIR, ELOOP, …
   */
  resolve(path: string, options: ResolveOptions = {}): Place {
    using trail = this.walk(path, options);
    return trail.take();
  }

  /** The same, with every directory on the way held, so that other paths can be resolved from there. */
  walk(path: string, { from, followLast = true }: ResolveOptions = {}): Trail {
    const trail = new Trail(this, from);
    try {
      const ahead = split(path).reverse();
      if (path.startsWith('/')) trail.clear();
      for (let links = 0; ahead.length > 0; ) {
        const name = ahead.pop() ?? '';
        if (name === '' || name === '.') trail.requireDirectory();
        else if (name === '..') trail.up();
        else {
          const target = step(trail, name, ahead, followLast);
          if (target === undefined) continue;
          if (++links > MAX_LINKS) throw new SystemCallError('openat2', ELOOP, path);
          if (target.startsWith('/')) trail.clear();
          ahead.push(...split(target).reverse());
        }
      }
      return trail;
    } catch (error) {
      trail[Symbol.dispose]();
      throw error;
    }
  }

  /** One name in a directory: itself, also where it is a link. */
  child(parent: Pick<Place, 'fd' | 'path'>, name: string): Place {
    if (name === '' || name === '.' || name === '..' || name.includes('/')) throw new Error('not the name of a child');
    const path = [...parent.path, name];
    const mounted = this.#mounts.get(path.join('/'));
    return place(mounted === undefined ? openName(parent.fd, toPath(name)) : reopen(mounted), path);
  }

  /** Whether something is mounted on a name, here or in the mount namespace the view is of. */
  covered(parent: Pick<Place, 'fd' | 'path'>, name: string): boolean {
    if (this.covers([...parent.path, name])) return true;
    try {
      closeSync(openName(parent.fd, toPath(name), RESOLVE_NO_XDEV));
      return false;
    } catch (error) {
      return isCode(error, 'EXDEV');
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.#root);
    for (const fd of this.#mounts.values()) closeSync(fd);
    this.#mounts.clear();
  }
}

/** Steps on; returns the target of a link that is to be followed instead. */
function step(trail: Trail, name: string, ahead: readonly string[], followLast: boolean): string | undefined {
  const { path } = trail;
  try {
    trail.down(name);
    if ((ahead.length === 0 && !followLast) || !fstatSync(trail.fd).isSymbolicLink()) return undefined;
    const target = readlinkat(trail.fd, '').toString('latin1');
    trail.drop();
    return target;
  } catch (error) {
    // Also a link that leads nowhere for us, as /proc/self of another process namespace.
    if (isCode(error, 'ENOENT')) throw new MissingError([...path, name, ...ahead.toReversed()], error);
    throw error;
  }
}

function split(path: string): string[] {
  if (path.length > MAX_PATH) throw new SystemCallError('openat2', ENAMETOOLONG, `${path.slice(0, 64)}…`);
  if (path.includes('\0')) throw new SystemCallError('openat2', ENOENT);
  return path.split('/');
}

function openName(dirFd: number, name: Path, more = 0): number {
  return openat2(dirFd, name, {
    flags: O_PATH | constants.O_NOFOLLOW,
    resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | more,
  });
}
