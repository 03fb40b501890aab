import { accessSync, constants } from 'node:fs';
import { posix } from 'node:path';
import { SystemCallError } from '@selkie/native';
import { decompressAny } from '../../archive/decompress.ts';
import { isCode } from '../../archive/directories.ts';
import { renamed } from '../../archive/entry-path.ts';
import { ArchiveError } from '../../archive/errors.ts';
import { COPY_OPTIONS, DEFAULT_LIMITS, extractTar } from '../../archive/extract.ts';
import { Packer } from '../../archive/pack.ts';
import { type Place, statPlace } from '../../archive/place.ts';
import { MissingError, type View } from '../../archive/view.ts';
import { viewTree } from '../../archive/view-tree.ts';
import type { ArchiveFailure, ArchiveWork, PathStat } from './job.ts';

/** A failure with the words for it. */
export class WorkFailure extends Error {
  readonly failure: ArchiveFailure;

  constructor(kind: ArchiveFailure['kind'], reason: string) {
    super(reason);
    this.name = 'WorkFailure';
    this.failure = { kind, reason };
  }
}

/** Finds what a path leads to. */
export function locate(view: View, path: string, followLast: boolean): Place {
  return wording(path, () => view.resolve(bytes(path), { followLast }));
}

/** Resolves a client's path, with the words for where that fails. */
function wording<R>(path: string, resolve: () => R): R {
  try {
    return resolve();
  } catch (error) {
    if (error instanceof MissingError) throw new WorkFailure('missing', 'no such file or directory');
    if (isCode(error, 'ENOTDIR')) throw new WorkFailure('path', `${path}: not a directory`);
    if (isCode(error, 'ELOOP')) throw new WorkFailure('path', `${path}: too many levels of symbolic links`);
    if (isCode(error, 'ENAMETOOLONG')) throw new WorkFailure('path', `${path.slice(0, 64)}…: file name too long`);
    if (isCode(error, 'EACCES', 'EPERM')) throw new WorkFailure('path', `${path}: permission denied`);
    throw error;
  }
}

/** Describes a place, and where it leads if it is a link. */
export function describe(view: View, place: Place): PathStat {
  const { size, mode, mtimeNs } = statPlace(place);
  const { path, exists } =
    (mode & 0o170000n) === 0o120000n ? destination(view, place) : { path: place.path, exists: true };
  return { resolved: text(path), exists, size: Number(size), mode: Number(mode), mtime: mtimeNs };
}

function destination(view: View, link: Place): { path: readonly string[]; exists: boolean } {
  try {
    using target = view.resolve(`/${link.path.join('/')}`);
    return { path: target.path, exists: true };
  } catch (error) {
    if (error instanceof MissingError) return { path: error.path, exists: false };
    if (error instanceof SystemCallError) return { path: link.path, exists: false };
    throw error;
  }
}

/** The archive of a place, in its own pieces; each is good until the next is asked for. */
export function* pack(
  view: View,
  place: Place,
  path: string,
  rename: Readonly<Record<string, string>> = {},
): Generator<Uint8Array, void, undefined> {
  const name = archiveName(bytes(path), place);
  const [first = name] = renamed([name], latin1(rename), DEFAULT_LIMITS);
  yield* new Packer(view).pack(place, first);
}

/** A directory's contents are asked for with a dot at the end. */
function archiveName(path: string, place: Place): string {
  const base = path.endsWith('/.') || path === '.' ? '.' : posix.basename(path);
  if (base === '.') return './';
  return base === '' || base === '..' ? (place.path.at(-1) ?? '/') : base;
}

/** Extracts an archive, compressed or not. */
export async function unpack(
  view: View,
  work: ArchiveWork & { readonly kind: 'put' },
  source: AsyncIterable<Buffer>,
): Promise<void> {
  using trail = wording(work.path, () => view.walk(bytes(work.path)));
  if (!statPlace(trail).isDirectory()) {
    throw new WorkFailure('not-directory', 'extraction point is not a directory');
  }
  const { rename, ...options } = work.options;
  try {
    accessSync(`/proc/self/fd/${trail.fd}`, constants.W_OK);
    await extractTar(decompressAny(source), viewTree(view, trail), {
      ...COPY_OPTIONS,
      ...options,
      ...(rename && { rename: latin1(rename) }),
    });
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    using root = view.root();
    const inRoot = statPlace(root).dev === statPlace(trail).dev;
    throw inRoot
      ? new WorkFailure('read-only-root', 'container rootfs is marked read-only')
      : new WorkFailure('read-only-volume', 'mounted volume is marked read-only');
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EROFS';
}

/** What the other thread is told of an error. */
export function failureOf(error: unknown): ArchiveFailure {
  if (error instanceof WorkFailure) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof ArchiveError ? 'archive' : 'host', reason };
}

/** Names are byte strings here. */
function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function text(path: readonly string[]): string {
  return `/${Buffer.from(path.join('/'), 'latin1').toString()}`;
}

function latin1(names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([from, to]) => [bytes(from), bytes(to)]));
}
