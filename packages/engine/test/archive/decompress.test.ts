import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { decompress, detectCompression } from '../../src/archive/decompress.ts';
import { inPieces } from '../support/tar.ts';

const checksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };
const skippable = Buffer.from('5f2a4d1803000000beefbe', 'hex');

async function roundTrip(blob: Buffer, pieces: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(decompress(inPieces(blob, pieces))));
}

describe('decompressing', () => {
  const small = Buffer.from('some text that repeats, some text that repeats');
  // Blocks of all types: compressed, of one byte repeated, and stored.
  const large = Buffer.concat([Buffer.alloc(600_000, 'ab c'), Buffer.alloc(600_000), randomBytes(600_000)]);

  it('takes every frame of a zstd stream, whatever the pieces it comes in', async () => {
    const frames = [
      skippable,
      zstdCompressSync(small),
      zstdCompressSync(small, checksum),
      zstdCompressSync(Buffer.alloc(0)),
      skippable,
      zstdCompressSync(large, checksum),
      skippable,
    ];
    const blob = Buffer.concat(frames);
    const expected = Buffer.concat([small, small, large]);
    for (const pieces of [1009, 65536, blob.length]) assert.deepEqual(await roundTrip(blob, pieces), expected);
    assert.deepEqual(await roundTrip(Buffer.concat(frames.slice(0, 5)), 1), Buffer.concat([small, small]));
  });

  it('takes every member of a gzip stream, and plain data as it is', async () => {
    const blob = Buffer.concat([gzipSync(small), gzipSync(large)]);
    for (const pieces of [1009, blob.length])
      assert.deepEqual(await roundTrip(blob, pieces), Buffer.concat([small, large]));
    assert.deepEqual(await roundTrip(small, 1), small);
    assert.deepEqual(await roundTrip(Buffer.alloc(0), 1), Buffer.alloc(0));
  });

  it('refuses what is damaged or follows the last frame', async () => {
    const frame = zstdCompressSync(small, checksum);
    const flipped = Buffer.from(frame);
    flipped.writeUInt8(flipped.readUInt8(frame.length - 1) ^ 1, frame.length - 1);
    for (const blob of [flipped, Buffer.concat([frame, Buffer.from('garbage')]), frame.subarray(0, -1)]) {
      await assert.rejects(roundTrip(blob, blob.length), { name: 'ArchiveError', message: /damaged zstd data/ });
    }
  });

  it('passes on a failure of its source as it is', async () => {
    async function* failing() {
      yield gzipSync(large).subarray(0, 1000);
      throw new Error('the disk is gone');
    }
    await assert.rejects(Array.fromAsync(decompress(failing())), { message: 'the disk is gone' });
  });
});

it('a compression is told by the first bytes', () => {
  const kinds = {
    '1f8b08': 'gzip',
    '28b52ffd00': 'zstd',
    '502a4d18': 'zstd',
    '425a6839': 'bzip2',
    fd377a585a00: 'xz',
    '': 'none',
    '1f': 'none',
  };
  for (const [hex, kind] of Object.entries(kinds)) assert.equal(detectCompression(Buffer.from(hex, 'hex')), kind);
});
