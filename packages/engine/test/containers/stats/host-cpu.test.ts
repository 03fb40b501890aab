import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readHostCpu } from '../../../src/containers/stats/host-cpu.ts';

const proc = mkdtempSync(join(tmpdir(), 'proc-'));
after(() => rmSync(proc, { recursive: true }));

test('host processor time leaves out what is counted twice', () => {
  writeFileSync(join(proc, 'stat'), 'cpu  1 2 3 4 5 6 7 800 900 1000\ncpu0 1 0\ncpu1 1 0\nintr 5\n');
  assert.deepEqual(readHostCpu(proc), { total: 280_000_000, online: 2 });
});
