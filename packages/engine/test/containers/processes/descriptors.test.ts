import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accounts } from '../../../src/containers/processes/accounts.ts';
import { describe, isDescriptor } from '../../../src/containers/processes/descriptors.ts';
import { fullFormat } from '../../../src/containers/processes/full-format.ts';
import { parseIdMap } from '../../../src/containers/processes/id-map.ts';
import { readProcess } from '../../../src/containers/processes/process.ts';
import { writeProcess } from '../../support/proc.ts';

const proc = mkdtempSync(join(tmpdir(), 'proc-'));
writeProcess(proc, 4242);
const found = readProcess(4242, proc);
rmSync(proc, { recursive: true });
assert.ok(found);
const first = { ...found, pid: 4100, pids: [4100, 1], groupIds: [4100, 1], parent: 4000, args: [] };
const boot = { time: 1_700_000_000, uptime: 228 };
const view = {
  depth: 1,
  uidMap: parseIdMap('0 100000 65536'),
  gidMap: parseIdMap('0 100000 65536'),
  inside: accounts('web:x:33:34:', 'web:x:34:\nlog:x:44:'),
  outside: accounts('sub:x:100033:', ''),
  boot,
  byPid: new Map([first, found].map((process) => [process.pid, process])),
};

const expected: Record<string, [title: string, value: string]> = {
  args: ['COMMAND', 'sleep a b'],
  capamb: ['AMBIENT CAPS', 'none'],
  capbnd: ['BOUNDING CAPS', 'full'],
  capeff: ['EFFECTIVE CAPS', 'CHOWN,NET_BIND_SERVICE'],
  comm: ['COMMAND', 'a (b) c'],
  etime: ['ELAPSED', '2m8s'],
  gid: ['GID', '34'],
  group: ['GROUP', 'web'],
  groups: ['GROUPS', 'web,log'],
  hgroup: ['HGROUP', '100034'],
  hpid: ['HPID', '4242'],
  huser: ['HUSER', 'sub'],
  label: ['LABEL', '?'],
  nice: ['NI', '5'],
  pcpu: ['%CPU', '50.000'],
  pgid: ['PGID', '1'],
  pid: ['PID', '17'],
  ppid: ['PPID', '1'],
  rgroup: ['RGROUP', '65534'],
  rss: ['RSS', '1380'],
  ruser: ['RUSER', '65534'],
  seccomp: ['SECCOMP', 'filter'],
  state: ['STATE', 'S'],
  stime: ['STIME', '2023-11-14 22:15:00 +0000 UTC'],
  time: ['TIME', '1m4s'],
  tty: ['TTY', 'pts/1'],
  uid: ['UID', '33'],
  user: ['USER', 'web'],
  vsz: ['VSZ', '2268'],
};
for (const [name, [title, value]] of Object.entries(expected)) {
  test(`${name}: seen from where it belongs`, () => {
    assert.ok(isDescriptor(name));
    assert.deepEqual(describe([found], [name], view), { titles: [title], processes: [[value]] });
  });
}

test('a parent outside the container is 0', () => {
  assert.deepEqual(describe([first], ['ppid', 'args'], view).processes, [['0', '[a (b) c]']]);
});

test('-ef shows them as the host sees them', () => {
  const start = new Date((boot.time + 100) * 1000).toTimeString().slice(0, 5);
  assert.deepEqual(fullFormat([found], view.outside, boot), {
    titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
    processes: [['sub', '4242', '4100', '50', start, 'pts/1', '00:01:04', 'sleep a b']],
  });
});
