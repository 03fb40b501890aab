import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { decompress, detectCompression } from '../../archive/decompress.ts';

const READ_SIZE = 256 * 1024;

/**
 * A layer's uncompressed bytes. Each piece is good until the next is asked for: a plain layer is read into one buffer again and again,
 * where new ones would be tens of megabytes of garbage before they are collected.
 */
export async function* readLayer(path: string): AsyncGenerator<Buffer, void, undefined> {
  const fd = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(READ_SIZE);
    let length = readSync(fd, buffer, 0, READ_SIZE, 0);
    if (detectCompression(buffer.subarray(0, length)) !== 'none') {
      yield* decompress(createReadStream(path, { highWaterMark: READ_SIZE }));
      return;
    }
    for (let at = 0; length > 0; length = readSync(fd, buffer, 0, READ_SIZE, at)) {
      yield buffer.subarray(0, length);
      at += length;
    }
  } finally {
    closeSync(fd);
  }
}
