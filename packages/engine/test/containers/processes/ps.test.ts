import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostPs, selectProcesses } from '../../../src/containers/processes/ps.ts';

const { signal } = new AbortController();
const own = new Set([process.pid]);

test('only the processes of the container are kept, threads with them', () => {
  const output = 'UID   PID LWP CMD\nroot    1 -  init -x  y\nroot    - 2  -\nroot    7 -  other\nroot    - 8  -\n';
  assert.deepEqual(selectProcesses(output, new Set([1])), {
    titles: ['UID', 'PID', 'LWP', 'CMD'],
    processes: [
      ['root', '1', '-', 'init -x y'],
      ['root', '-', '2', '-'],
    ],
  });
});

test("the host's ps is run with the client's arguments", async () => {
  const { titles, processes } = await hostPs(['-eo', 'pid,ppid'], own, signal);
  assert.deepEqual(titles, ['PID', 'PPID']);
  assert.deepEqual(processes, [[String(process.pid), String(process.ppid)]]);
});

test('without a PID column nothing can be told apart', async () => {
  await assert.rejects(hostPs(['-eo', 'comm'], own, signal), {
    code: 'INVALID_PARAMETER',
    message: "Couldn't find PID field in ps output",
  });
});

test('another column under the name PID would let other processes through', async () => {
  await assert.rejects(hostPs(['-eo', 'comm,ppid=PID'], own, signal), {
    code: 'INVALID_PARAMETER',
    message: 'specifying "ppid=PID" is not allowed',
  });
  const { titles } = await hostPs(['-eo', 'pid=PID'], own, signal);
  assert.deepEqual(titles, ['PID']);
});

test('arguments ps refuses are the client’s fault', async () => {
  await assert.rejects(hostPs(['--bogus'], own, signal), { code: 'INVALID_PARAMETER', message: /^ps: error/ });
});
