import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { HostCgroups } from '../../../src/adapters/cgroups/cgroups.ts';
import { mountPoints, readHierarchies } from '../../../src/adapters/cgroups/hierarchies.ts';
import { Bundle } from '../../support/bundle.ts';

const MiB = 1 << 20;

async function until(what: string, condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (condition()) return;
    await sleep(10);
  }
  assert.fail(`${what} did not come true`);
}

function nameOf(pid: number): string {
  return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
}

/** Clock ticks of a process's work so far. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

function groupsLeft(path: string): string[] {
  return mountPoints(readHierarchies())
    .map((mount) => join(mount, path))
    .filter((directory) => existsSync(directory));
}

suite('control groups of a real container', () => {
  test('are counted', async () => {
    await using bundle = new Bundle();
    bundle.start('sleep 300 & while :; do :; done', { resources: { memory: 64 * MiB, pidsLimit: 50 } });
    await until('its work', () => bundle.cgroups.stats(bundle.cgroupsPath).cpu.usage > 20e6);
    const stats = bundle.cgroups.stats(bundle.cgroupsPath);
    assert.equal(stats.memory.limit, 64 * MiB);
    assert.ok(stats.memory.usage > 0 && stats.memory.usage <= stats.memory.limit);
    assert.ok(Object.keys(stats.memory.stats).length > 5);
    assert.equal(stats.pids.limit, 50);
    assert.equal(stats.pids.current, 2);
    assert.ok(stats.cpu.user + stats.cpu.system > 0);
  });

  test('list their processes by host pid', async () => {
    await using bundle = new Bundle();
    bundle.start('sleep 300 & sleep 300 & wait');
    await until('three processes', () => bundle.cgroups.processes(bundle.cgroupsPath).length === 3);
    await until('their programs', () => {
      const names = bundle.cgroups.processes(bundle.cgroupsPath).map(nameOf).sort();
      return names.join() === 'sh,sleep,sleep';
    });
  });

  test('freeze and thaw', async () => {
    await using bundle = new Bundle();
    bundle.start('while :; do :; done');
    const [pid = 0] = bundle.cgroups.processes(bundle.cgroupsPath);
    await until('its work', () => ticks(pid) > 2);
    await bundle.cgroups.freeze(bundle.cgroupsPath);
    const before = ticks(pid);
    await sleep(100);
    assert.equal(ticks(pid), before);
    await bundle.cgroups.thaw(bundle.cgroupsPath);
    await until('more work', () => ticks(pid) > before);
  });

  test('tell a death for lack of memory', async () => {
    await using bundle = new Bundle();
    bundle.start('sleep 1; head -c 100000000 /dev/zero | tail; sleep 300', {
      resources: { memory: 16 * MiB, memorySwap: 16 * MiB },
    });
    assert.equal(bundle.cgroups.oomKilled(bundle.cgroupsPath), false);
    await until('the kill', () => bundle.cgroups.oomKilled(bundle.cgroupsPath));
  });

  test('are removed from every hierarchy with what still runs in them, frozen or not', async () => {
    await using bundle = new Bundle();
    bundle.start('sleep 300 & sleep 300 & wait');
    assert.ok(groupsLeft(bundle.cgroupsPath).length > 0);
    await bundle.cgroups.freeze(bundle.cgroupsPath);
    await bundle.cgroups.remove(bundle.cgroupsPath);
    assert.deepEqual(groupsLeft(bundle.cgroupsPath), []);
    assert.deepEqual(bundle.cgroups.processes(bundle.cgroupsPath), []);
  });
});

suite('control groups that are gone', () => {
  const cgroups = new HostCgroups('cgroupfs');
  const path = '/selkie/no-such-container';

  test('are empty, not errors', async () => {
    assert.equal(cgroups.stats(path).cpu.usage, 0);
    assert.deepEqual(cgroups.processes(path), []);
    assert.equal(cgroups.oomKilled(path), false);
    await cgroups.remove(path);
  });

  test('cannot be frozen', async () => {
    await assert.rejects(cgroups.freeze(path), { code: 'HOST' });
  });

  test('the root is never removed', async () => {
    await assert.rejects(cgroups.remove('/'), { code: 'INTERNAL' });
  });
});
