import { posix } from 'node:path';
import { formatNanos } from '@selkie/engine/clock';
import type { PathStat } from '@selkie/engine/containers/archive/job';

export const PATH_STAT_HEADER = 'X-Docker-Container-Path-Stat';

/** Bits of Go's file modes, which are not the kernel's. */
const GO_TYPES: ReadonlyMap<number, number> = new Map([
  [0o040000, 2 ** 31],
  [0o120000, 2 ** 27],
  [0o060000, 2 ** 26],
  [0o020000, 2 ** 26 + 2 ** 21],
  [0o010000, 2 ** 25],
  [0o140000, 2 ** 24],
]);
const GO_FLAGS: readonly (readonly [kernel: number, go: number])[] = [
  [0o4000, 2 ** 23],
  [0o2000, 2 ** 22],
  [0o1000, 2 ** 20],
];

const SYMLINK = 0o120000;
const DIRECTORY = 0o040000;
/** What Go can print: years 1 to 9999. */
const EARLIEST = -62_135_596_800n * 1_000_000_000n;
const LATEST = 253_402_300_799n * 1_000_000_000n;

/** A mode as Go's clients read it. */
export function goMode(mode: number): number {
  const flags = GO_FLAGS.reduce((sum, [kernel, go]) => sum + (mode & kernel ? go : 0), 0);
  return (mode & 0o777) + (GO_TYPES.get(typeOf(mode)) ?? 0) + flags;
}

/** What Docker's header says of a path. */
export function dockerPathStat(stat: PathStat, path: string): string {
  const document = {
    ...common(stat),
    name: lastName(path),
    linkTarget: typeOf(stat.mode) === SYMLINK ? stat.resolved : '',
  };
  return Buffer.from(JSON.stringify(document)).toString('base64');
}

/** The same for podman's clients, which take the resolved path from it and read another alphabet. */
export function libpodPathStat(stat: PathStat, path: string): string {
  const contents = path.endsWith('/.');
  const document = {
    ...common(stat),
    name: contents ? '.' : posix.basename(stat.resolved) || '/',
    isDir: typeOf(stat.mode) === DIRECTORY,
    linkTarget: contents ? `${stat.resolved === '/' ? '' : stat.resolved}/.` : stat.resolved,
  };
  // With the padding that Node's base64url leaves out.
  return Buffer.from(JSON.stringify(document)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

function common({ size, mode, mtime }: PathStat) {
  const time = mtime < EARLIEST ? EARLIEST : mtime > LATEST ? LATEST : mtime;
  return { size, mode: goMode(mode), mtime: formatNanos(time).replace(/\.?0*Z$/, 'Z') };
}

function typeOf(mode: number): number {
  return mode & 0o170000;
}

/** A dot at the end stays: it asks for a directory's contents. */
function lastName(path: string): string {
  return path.endsWith('/.') ? '.' : posix.basename(path) || '/';
}
