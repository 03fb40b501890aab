import { closeSync, constants, openSync, readSync } from 'node:fs';
import { readlinkat } from '@selkie/native/path';
import { getXattr, listXattrs } from '@selkie/native/xattr';
import { isCode } from './directories.ts';
import { printable, type TarEntry } from './entry.ts';
import { ArchiveError } from './errors.ts';
import { DEFAULT_LIMITS } from './extract.ts';
import { type Place, statPlace } from './place.ts';
import { END_OF_ARCHIVE, encodeEntry, padding } from './tar-writer.ts';
import { namesIn, typeOf } from './tree-entry.ts';
import type { View } from './view.ts';

const PIECE = 256 * 1024;
/** What survives a copy: programs' capabilities and what users attach. The rest belongs to the file system or the host's policy. */
const XATTRS = /^(user\.|security\.capability$)/;

/** Turns a place of a view, with everything below it, into a tar stream. Nothing but plain files is ever opened for reading. */
export class Packer {
  readonly #view: View;
  /** Names of files with several links, by what they are. */
  readonly #links = new Map<string, string>();
  readonly #piece = Buffer.allocUnsafe(PIECE);

  constructor(view: View) {
    this.#view = view;
  }

  /** @param name what the place is called in the archive; `/` and `./` are directories' contents under no or that name */
  *pack(top: Place, name: string): Generator<Uint8Array, void, undefined> {
    yield* this.#member(top, name, DEFAULT_LIMITS.maxDepth);
    yield END_OF_ARCHIVE;
  }

  *#member(place: Place, name: string, depth: number): Generator<Uint8Array, void, undefined> {
    const stat = statPlace(place);
    const type = typeOf(stat);
    if (type === undefined) return;
    const target = type === 'symlink' ? linkTarget(place.fd) : '';
    if (target === undefined) return;
    const directory = type === 'directory';
    const key = `${stat.dev}:${stat.ino}`;
    const first = directory || stat.nlink === 1n ? undefined : this.#links.get(key);
    const entry: TarEntry = {
      name: directory && !name.endsWith('/') ? `${name}/` : name,
      linkName: first ?? target,
      type: first === undefined ? type : 'link',
      mode: Number(stat.mode & 0o7777n),
      uid: Number(stat.uid),
      gid: Number(stat.gid),
      mtime: { seconds: Number(floorDiv(stat.mtimeNs)), nanoseconds: Number(modulo(stat.mtimeNs)) },
      major: type === 'character' || type === 'block' ? major(stat.rdev) : 0,
      minor: type === 'character' || type === 'block' ? minor(stat.rdev) : 0,
      size: type === 'file' && first === undefined ? Number(stat.size) : 0,
      xattrs: type === 'file' || directory ? xattrs(place.fd) : [],
    };
    if (!directory && stat.nlink > 1n && first === undefined) this.#links.set(key, name);
    if (entry.type === 'file') yield* this.#file(place.fd, entry);
    else yield encodeEntry(entry);
    if (directory) yield* this.#children(place, entry.name, depth);
  }

  /** Exactly as many bytes as the header says: a file may change while it is read. */
  *#file(placeFd: number, entry: TarEntry): Generator<Uint8Array, void, undefined> {
    const fd = openSync(`/proc/self/fd/${placeFd}`, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      yield encodeEntry(entry);
      for (let left = entry.size; left > 0; ) {
        const piece = this.#piece.subarray(0, Math.min(left, PIECE));
        const read = readSync(fd, piece);
        if (read === 0) piece.fill(0);
        const got = read === 0 ? piece : piece.subarray(0, read);
        yield got;
        left -= got.length;
      }
      yield padding(entry.size);
    } finally {
      closeSync(fd);
    }
  }

  *#children(parent: Place, name: string, depth: number): Generator<Uint8Array, void, undefined> {
    if (depth === 0) throw new ArchiveError(`${printable(name)}: directories are nested too deeply`);
    for (const child of namesIn(parent.fd)) {
      using place = this.#find(parent, child);
      if (place !== undefined) yield* this.#member(place, name === '/' ? `/${child}` : name + child, depth - 1);
    }
  }

  /** What has gone since the directory was listed is no longer part of it. */
  #find(parent: Place, name: string): Place | undefined {
    try {
      return this.#view.child(parent, name);
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }
}

/** Undefined for one that leads nowhere for us, as /proc/self of another process namespace. */
function linkTarget(fd: number): string | undefined {
  try {
    return readlinkat(fd, '').toString('latin1');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function xattrs(fd: number): [string, Buffer][] {
  let names: string[];
  try {
    names = listXattrs(fd);
  } catch (error) {
    if (isCode(error, 'ENOTSUP')) return [];
    throw error;
  }
  return names
    .filter((name) => XATTRS.test(name))
    .flatMap((name): [string, Buffer][] => {
      const value = getXattr(fd, name);
      return value === undefined ? [] : [[name, value]];
    });
}

const SECOND = 1_000_000_000n;

function floorDiv(nanoseconds: bigint): bigint {
  return (nanoseconds - modulo(nanoseconds)) / SECOND;
}

function modulo(nanoseconds: bigint): bigint {
  return ((nanoseconds % SECOND) + SECOND) % SECOND;
}

function major(device: bigint): number {
  return Number(((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n));
}

function minor(device: bigint): number {
  return Number((device & 0xffn) | ((device >> 12n) & 0xffffff00n));
}
