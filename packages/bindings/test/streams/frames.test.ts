import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { demultiplex } from '../../src/streams/frames.ts';

const HELLO = Buffer.concat([
  Buffer.from([1, 0, 0, 0, 0, 0, 0, 6]),
  Buffer.from('hello\n'),
  Buffer.from([2, 0, 0, 0, 0, 0, 0, 4]),
  Buffer.from('bad\n'),
]);

async function texts(...chunks: readonly Buffer[]): Promise<string[]> {
  const found: string[] = [];
  for await (const { stream, data } of demultiplex(Readable.from(chunks))) found.push(`${stream} ${data}`);
  return found;
}

test('frames are split wherever the network cut them', async () => {
  for (let cut = 0; cut <= HELLO.length; cut++) {
    const found = await texts(HELLO.subarray(0, cut), HELLO.subarray(cut));
    assert.equal(
      found
        .filter((text) => text.startsWith('stdout'))
        .map((text) => text.slice(7))
        .join(''),
      'hello\n',
    );
    assert.equal(
      found
        .filter((text) => text.startsWith('stderr'))
        .map((text) => text.slice(7))
        .join(''),
      'bad\n',
    );
  }
});

test('an empty frame is none', async () => {
  assert.deepEqual(await texts(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])), []);
});

test('a stream that breaks off or has no frames is told', async () => {
  await assert.rejects(texts(HELLO.subarray(0, 10)), /broke off/);
  await assert.rejects(texts(HELLO.subarray(0, 3)), /broke off/);
  await assert.rejects(texts(Buffer.from('plain text without frames')), /no frame begins/);
});
