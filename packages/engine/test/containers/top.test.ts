import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, test } from 'node:test';
import type { ContainerRecord } from '../../src/containers/record.ts';
import { top } from '../../src/containers/top.ts';
import type { Cgroups } from '../../src/ports/cgroups.ts';
import { container, fakeContext, only, running } from '../support/containers.ts';

const { signal } = new AbortController();
const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
after(() => child.kill());
const pid = child.pid ?? 0;
const gone = 0x7ffffff0;

function contextOf(record: ContainerRecord) {
  return fakeContext([record], {
    cgroups: only<Cgroups>('cgroups', { pathFor: (id) => `/test/${id}`, processes: () => [pid, gone] }),
  });
}

const up = container({ state: running(pid) });

test('by default as ps -ef shows them, with host pids', async () => {
  const { titles, processes } = await top(contextOf(up), up.name, { kind: 'ps', args: [] }, signal);
  assert.deepEqual(titles, ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD']);
  assert.equal(processes.length, 1);
  assert.deepEqual(processes[0]?.slice(0, 3), ['root', String(pid), String(process.pid)]);
  assert.equal(processes[0]?.[7], 'sleep 1000');
});

test('by descriptors', async () => {
  const request = { kind: 'descriptors', descriptors: ['hpid', 'comm', 'ppid'] } as const;
  const { titles, processes } = await top(contextOf(up), up.id, request, signal);
  assert.deepEqual(titles, ['HPID', 'COMMAND', 'PPID']);
  assert.deepEqual(processes, [[String(pid), 'sleep', '0']]);
  const none = await top(contextOf(up), up.id, { kind: 'descriptors', descriptors: [] }, signal);
  assert.deepEqual(none.titles, ['USER', 'PID', 'PPID', '%CPU', 'ELAPSED', 'TTY', 'TIME', 'COMMAND']);
});

test('names that are no descriptors are arguments of ps', async () => {
  const request = { kind: 'descriptors', descriptors: ['-eo', 'pid,comm'] } as const;
  assert.deepEqual(await top(contextOf(up), up.id, request, signal), {
    titles: ['PID', 'COMMAND'],
    processes: [[String(pid), 'sleep']],
  });
});

test('only running containers have processes', async () => {
  const down = container();
  await assert.rejects(top(contextOf(down), down.id, { kind: 'ps', args: [] }, signal), {
    code: 'CONTAINER_NOT_RUNNING',
  });
  const paused = container({ state: { ...running(pid), status: 'paused' } });
  await assert.rejects(top(contextOf(paused), paused.id, { kind: 'descriptors', descriptors: [] }, signal), {
    code: 'CONTAINER_STATE',
  });
  assert.equal((await top(contextOf(paused), paused.id, { kind: 'ps', args: [] }, signal)).processes.length, 1);
});
