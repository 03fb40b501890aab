import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { logs } from '../../src/containers/logs/logs.ts';
import { container, fakeContext } from '../support/containers.ts';
import { definition } from '../support/spec.ts';

const directory = mkdtempSync(join(tmpdir(), 'selkie-logs-'));
after(() => rmSync(directory, { recursive: true }));
const { signal } = new AbortController();
const line = (text: string) => `2024-01-01T00:00:00.000000000+00:00 stdout F ${text}\n`;

async function read(name: string, size: number, writtenOnly: boolean): Promise<string[]> {
  const path = join(directory, name);
  const record = container({ definition: { ...definition(), log: { driver: 'k8s-file', options: {}, path } } });
  writeFileSync(path, line('x'.repeat(size)));
  const options = { stdout: true, stderr: true, follow: false, writtenOnly };
  const batches = logs(fakeContext([record]), record.id, options, signal);
  appendFileSync(path, line('later'));
  const entries = (await Array.fromAsync(batches)).flat();
  return entries.map(({ data }) => data.toString().slice(0, 5));
}

test('what is written between the call and the reading came twice to a client that attached with its log', async () => {
  assert.deepEqual(await read('short', 5, true), ['xxxxx']);
  assert.deepEqual(await read('short', 5, false), ['xxxxx', 'later']);
  assert.deepEqual(await read('long', 700_000, true), ['xxxxx'], 'also where a line is longer than a block');
});

test('a log that is not there yet holds nothing', async () => {
  const path = join(directory, 'none');
  const record = container({ definition: { ...definition(), log: { driver: 'k8s-file', options: {}, path } } });
  const options = { stdout: true, stderr: true, follow: false, writtenOnly: true };
  assert.deepEqual(await Array.fromAsync(logs(fakeContext([record]), record.id, options, signal)), []);
});
