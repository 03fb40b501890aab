import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuUtilization, osRelease } from '../../src/system/host.ts';
import { Programs } from '../../src/system/programs.ts';

test('os-release is read with quotes of either kind, without, and with what is no assignment', () => {
  const text = '# comment\nID=debian\nPRETTY_NAME="Debian GNU/Linux 12"\nVARIANT_ID=\'server\'\nEMPTY=\n';
  assert.deepEqual(osRelease(text), {
    ID: 'debian',
    PRETTY_NAME: 'Debian GNU/Linux 12',
    VARIANT_ID: 'server',
    EMPTY: '',
  });
});

test('utilization is shares of all time since the start, and nothing where nothing is told', () => {
  const text = 'cpu  100 50 30 700 100 10 10 0 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n';
  assert.deepEqual(cpuUtilization(text), { user: 15, system: 5, idle: 80 });
  assert.deepEqual(cpuUtilization(''), { user: 0, system: 0, idle: 0 });
});

test('a program says its version once; one that is not there has none', async () => {
  const programs = new Programs();
  const asked = programs.facts('/bin/bash');
  assert.equal(programs.facts('/bin/bash'), asked);
  assert.match((await asked).version, /^\d+\.\d+/);
  const gone = await programs.facts('/nowhere/conmon');
  assert.deepEqual(gone, { path: '/nowhere/conmon', version: '', description: '', package: 'Unknown' });
});
