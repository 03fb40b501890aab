import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { ArchiveError } from './errors.ts';
import { throughProgram } from './through-program.ts';
import { zstdFrames } from './zstd-frames.ts';

export type Compression = 'none' | 'gzip' | 'zstd' | 'bzip2' | 'xz';

/** Large output chunks: more than twice as fast as zlib's default of 16 KiB. */
const CHUNK = 256 * 1024;
const LONGEST_MAGIC = 6;

/** Tells a compression by the first bytes; media types are not to be trusted with it. */
export function detectCompression(head: Buffer): Compression {
  const hex = head.toString('hex', 0, LONGEST_MAGIC);
  if (hex.startsWith('1f8b')) return 'gzip';
  // A zstd frame, or a skippable frame before one.
  if (hex.startsWith('28b52ffd') || /^5.2a4d18/.test(hex)) return 'zstd';
  if (hex.startsWith('425a68')) return 'bzip2';
  if (hex === 'fd377a585a00') return 'xz';
  return 'none';
}

/** Decompressors this host has as programs, for compressions Node does not know. */
const PROGRAMS = {
  bzip2: ['bzip2', '-dc'],
  // What the strongest preset needs is 65 MiB; a file made to take all memory asks for more.
  xz: ['xz', '-dc', '--memlimit-decompress=512MiB'],
} as const;

/** The uncompressed bytes of a layer, which may be compressed as layers are. Damage in it is an ArchiveError. */
export async function* decompress(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const { head, whole } = await peek(source, LONGEST_MAGIC);
  const compression = detectCompression(head);
  if (compression === 'bzip2' || compression === 'xz') {
    await whole.return();
    throw new ArchiveError(`${compression} compression is not supported`);
  }
  yield* compression === 'none' ? whole : decoded(whole, compression);
}

/** As {@link decompress}, for archives from people: bzip2 and xz too, where the host has their programs. */
export async function* decompressAny(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const { head, whole } = await peek(source, LONGEST_MAGIC);
  const compression = detectCompression(head);
  if (compression === 'bzip2' || compression === 'xz') yield* throughProgram(PROGRAMS[compression], whole);
  else yield* compression === 'none' ? whole : decoded(whole, compression);
}

async function* decoded(
  source: AsyncIterable<Buffer>,
  compression: 'gzip' | 'zstd',
): AsyncGenerator<Buffer, void, undefined> {
  const gzip = compression === 'gzip';
  const decoder = gzip ? createGunzip({ chunkSize: CHUNK }) : createZstdDecompress({ chunkSize: CHUNK });
  // The decoder carries every failure to its reader below.
  pipeline(Readable.from(gzip ? source : zstdFrames(source)), decoder, () => {});
  try {
    yield* decoder;
  } catch (error) {
    if (isZlibError(error)) throw new ArchiveError(`damaged ${compression} data: ${error.message}`, { cause: error });
    throw error;
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^(Z_|ZSTD_)/.test(String(error.code));
}

/** Reads at least `count` bytes (if there are) and gives them with a stream that still begins with them. */
async function peek(source: AsyncIterable<Buffer>, count: number) {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < count) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole(): AsyncGenerator<Buffer, void, undefined> {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, whole: whole() };
}
