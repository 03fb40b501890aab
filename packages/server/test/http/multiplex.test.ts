import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { frame, readFrames } from '../../src/http/multiplex.ts';

async function read(chunks: Uint8Array[]) {
  const frames: [string, string][] = [];
  for await (const { stream, data } of readFrames(Readable.from(chunks))) frames.push([stream, data.toString()]);
  return frames;
}

test('a frame is type, zeros, big-endian length, data', () => {
  assert.equal(frame('stderr', Buffer.from('hi')).toString('hex'), '02000000000000026869');
  assert.equal(frame('stdout', Buffer.alloc(0x010203)).subarray(0, 8).toString('hex'), '0100000000010203');
});

test('frames are read however the chunks were cut', async () => {
  const wire = Buffer.concat([
    frame('stdout', Buffer.from('one')),
    frame('stderr', Buffer.from('')),
    frame('stderr', Buffer.from('two')),
  ]);
  for (const size of [1, 2, 5, 9, wire.length]) {
    const chunks = Array.from({ length: Math.ceil(wire.length / size) }, (_, i) =>
      wire.subarray(i * size, (i + 1) * size),
    );
    const joined = { stdout: '', stderr: '', stdin: '' };
    for (const [stream, text] of await read(chunks)) joined[stream === 'stdout' ? 'stdout' : 'stderr'] += text;
    assert.deepEqual(joined, { stdout: 'one', stderr: 'two', stdin: '' }, `chunks of ${size}`);
  }
});

test('what is no frame and what ends inside one is an error', async () => {
  await assert.rejects(read([Buffer.from('HTTP/1.1 200 OK')]), /not a multiplexed stream/);
  await assert.rejects(read([Buffer.from('0100000100000001', 'hex')]), /not a multiplexed stream/);
  await assert.rejects(read([frame('stdout', Buffer.from('abc')).subarray(0, 9)]), /ends inside a frame/);
  await assert.rejects(read([Buffer.from('0100', 'hex')]), /ends inside a frame/);
});
