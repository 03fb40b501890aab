import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readBoot, readProcess } from '../../../src/containers/processes/process.ts';
import { writeProcess } from '../../support/proc.ts';

const proc = mkdtempSync(join(tmpdir(), 'proc-'));
after(() => rmSync(proc, { recursive: true }));

test('a command with parentheses and spaces does not shift what follows', () => {
  writeProcess(proc, 4242);
  assert.deepEqual(readProcess(4242, proc), {
    pid: 4242,
    parent: 4100,
    command: 'a (b) c',
    args: ['sleep', 'a b'],
    state: 'S',
    tty: 34817,
    nice: 5,
    cpuSeconds: 64,
    startSeconds: 100,
    pids: [4242, 17, 3],
    groupIds: [4242, 1, 0],
    uids: [1000, 100033, 1000, 1000],
    gids: [1000, 100034, 1000, 1000],
    supplementaryGids: [100034, 100044],
    virtualSize: 2268,
    residentSize: 1380,
    capabilities: { inherited: 0n, permitted: 0xa80425fbn, effective: 0x401n, bounding: 0x1ffffffffffn, ambient: 0n },
    seccomp: 2,
    label: '',
  });
});

test('a process that has gone is nothing, and no failure', () => {
  assert.equal(readProcess(1, proc), undefined);
});

test('this process is read as it is', () => {
  const own = readProcess(process.pid);
  assert.equal(own?.parent, process.ppid);
  assert.equal(own?.uids[1], process.geteuid?.());
  assert.ok(own && own.residentSize > 1000);
});

test('boot time and uptime', () => {
  writeFileSync(join(proc, 'stat'), 'cpu  1 2 3\nbtime 1700000000\nprocesses 5\n');
  writeFileSync(join(proc, 'uptime'), '3600.25 7000.00\n');
  assert.deepEqual(readBoot(proc), { time: 1_700_000_000, uptime: 3600.25 });
});
