import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { jsonLines } from '../../src/streams/json-lines.ts';

test('values are read across chunks and characters cut in two', async () => {
  const text = Buffer.from('{"a":"ä"}\n\n{"b":2}\r\n3');
  for (let cut = 0; cut <= text.length; cut++) {
    const chunks = Readable.from([text.subarray(0, cut), text.subarray(cut)]);
    assert.deepEqual(await Array.fromAsync(jsonLines(chunks)), [{ a: 'ä' }, { b: 2 }, 3]);
  }
});
