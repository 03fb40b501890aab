import { createReadStream } from 'node:fs';
import { pipeline, type Transform } from 'node:stream';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import type { StagedFile, Staging } from './staging.ts';

export interface CompressionChoice {
  readonly format: 'gzip' | 'zstd';
  /** Of the compressor; undefined: one that is quick. */
  readonly level?: number;
}

const READ_SIZE = 256 * 1024;
/** Half the time of zlib's default, and of programs the result is a twentieth larger. */
const QUICK_GZIP = 3;

/** Compresses a plain file, in the threads zlib has for it. The same bytes and choice give the same result. */
export async function compressFile(
  source: AsyncIterable<Uint8Array>,
  choice: CompressionChoice,
  staging: Staging,
  signal: AbortSignal,
): Promise<StagedFile> {
  const encoder = encoderFor(choice);
  // The encoder carries every failure to its reader.
  pipeline(source, encoder, () => {});
  return staging.write(encoder, signal);
}

/** A stored blob's bytes. */
export function readBlob(path: string, start = 0): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: READ_SIZE, start });
}

function encoderFor({ format, level }: CompressionChoice): Transform {
  if (format === 'gzip') return createGzip({ chunkSize: READ_SIZE, level: level ?? QUICK_GZIP });
  const params = level === undefined ? {} : { params: { [constants.ZSTD_c_compressionLevel]: level } };
  return createZstdCompress({ chunkSize: READ_SIZE, ...params });
}
