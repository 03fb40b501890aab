import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { readReport } from '../../../src/adapters/conmon/sync-pipe.ts';

test('a process that ends at once is reported with its pid, though its exit code comes in the same piece', async () => {
  assert.deepEqual(await readReport(Readable.from(['{"data": 4242}\n{"data": 1, "message": ""}\n'])), {
    data: 4242,
    message: '',
  });
});

test('a report in pieces is put together', async () => {
  assert.deepEqual(await readReport(Readable.from(['{"data": -1, "mess', 'age": "no such file"}'])), {
    data: -1,
    message: 'no such file',
  });
});

test('a pipe that closes without a report has none', async () => {
  assert.equal(await readReport(Readable.from(['{"da'])), undefined);
});
