import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ResourcesDefinition } from '../../../src/containers/definition.ts';
import { buildResources } from '../../../src/containers/spec/resources.ts';
import type { CgroupFeatures } from '../../../src/ports/cgroups.ts';
import { device, devices, features, host } from '../../support/spec.ts';

const MiB = 1 << 20;

function build(asked: Partial<ResourcesDefinition>, lacking: Partial<CgroupFeatures> = {}) {
  const warnings: string[] = [];
  const on = host({
    cgroups: { ...features, ...lacking },
    devices: devices(device('/dev/sda', 'b', 8, 0), device('/dev/tty', 'c', 5, 0)),
  });
  return { resources: buildResources({ ulimits: [], ...asked }, on, (message) => warnings.push(message)), warnings };
}

suite('resources', () => {
  test('none asked for, none set', () => {
    assert.deepEqual(build({}), { resources: {}, warnings: [] });
  });

  test('memory, with as much swap again where nothing is said', () => {
    assert.deepEqual(build({ memory: 64 * MiB }).resources.memory, { limit: 64 * MiB, swap: 128 * MiB });
    assert.deepEqual(build({ memory: 64 * MiB, memorySwap: -1, memoryReservation: 8 * MiB }).resources.memory, {
      limit: 64 * MiB,
      reservation: 8 * MiB,
      swap: -1,
    });
    assert.deepEqual(build({ memorySwappiness: 0, oomKillDisable: true }).resources.memory, {
      swappiness: 0,
      disableOOMKiller: true,
    });
  });

  test('processors', () => {
    assert.deepEqual(build({ nanoCpus: 1.5e9, cpuShares: 1, cpusetCpus: '0,2-3', cpusetMems: '0' }).resources.cpu, {
      shares: 2,
      quota: 150_000,
      period: 100_000,
      cpus: '0,2-3',
      mems: '0',
    });
    assert.deepEqual(build({ cpuQuota: -1, cpuPeriod: 50_000 }).resources.cpu, { quota: -1, period: 50_000 });
  });

  test('processes, zero and less meaning no limit', () => {
    assert.deepEqual(build({ pidsLimit: 7 }).resources.pids, { limit: 7 });
    assert.deepEqual(build({ pidsLimit: 0 }).resources.pids, { limit: -1 });
    assert.deepEqual(build({ pidsLimit: -1 }).resources.pids, { limit: -1 });
  });

  test('block devices by their numbers', () => {
    const rate = [{ path: '/dev/sda', rate: 1000 }];
    assert.deepEqual(
      build({
        blkioWeight: 300,
        blkioWeightDevice: [{ path: '/dev/sda', weight: 500 }],
        throttle: { readBps: rate, writeIops: rate },
      }).resources.blockIO,
      {
        weight: 300,
        weightDevice: [{ major: 8, minor: 0, weight: 500 }],
        throttleReadBpsDevice: [{ major: 8, minor: 0, rate: 1000 }],
        throttleWriteIOPSDevice: [{ major: 8, minor: 0, rate: 1000 }],
      },
    );
  });

  test('files of version 2 need version 2', () => {
    const unified = { 'memory.high': '1000' };
    assert.throws(() => build({ unified }), { code: 'INVALID_PARAMETER' });
    assert.deepEqual(build({ unified }, { version: 2 }).resources.unified, unified);
    assert.throws(() => build({ unified: { '../memory.max': '1' } }, { version: 2 }), { code: 'INVALID_PARAMETER' });
  });

  for (const [feature, asked] of Object.entries<Partial<ResourcesDefinition>>({
    memory: { memory: 64 * MiB, memorySwap: 64 * MiB },
    memoryReservation: { memoryReservation: 8 * MiB },
    swappiness: { memorySwappiness: 10 },
    oomKillDisable: { oomKillDisable: true },
    cpuShares: { cpuShares: 10 },
    cpuQuota: { nanoCpus: 1e9 },
    cpuRealtime: { cpuRealtimeRuntime: 1000 },
    cpuset: { cpusetCpus: '0' },
    pids: { pidsLimit: 5 },
    blkioWeight: { blkioWeight: 100 },
    blkioThrottle: { throttle: { readBps: [{ path: '/dev/sda', rate: 1 }] } },
  })) {
    test(`a host without ${feature} is warned about and not asked`, () => {
      const { resources, warnings } = build(asked, { [feature]: false, swap: feature !== 'memory' });
      assert.deepEqual(resources, {});
      assert.ok(warnings.length > 0);
    });
  }

  test('a host without swap limits is no matter where only memory was asked for', () => {
    const { resources, warnings } = build({ memory: 64 * MiB }, { swap: false });
    assert.deepEqual([resources.memory, warnings], [{ limit: 64 * MiB }, []]);
  });

  for (const [what, asked] of Object.entries<Partial<ResourcesDefinition>>({
    'too little memory': { memory: 1000 },
    'swap without memory': { memorySwap: 64 * MiB },
    'less swap than memory': { memory: 64 * MiB, memorySwap: 32 * MiB },
    'a reservation above the limit': { memory: 64 * MiB, memoryReservation: 65 * MiB },
    'swappiness out of range': { memorySwappiness: 101 },
    'CPUs and a quota': { nanoCpus: 1e9, cpuQuota: 5000 },
    'a period out of range': { cpuPeriod: 10 },
    'a processor that is not there': { cpusetCpus: '0-4' },
    'a malformed set': { cpusetCpus: '0-' },
    'a weight out of range': { blkioWeight: 5 },
    'a rate of nothing': { throttle: { readBps: [{ path: '/dev/sda', rate: 0 }] } },
    'a rate of what is no disk': { throttle: { readBps: [{ path: '/dev/tty', rate: 1 }] } },
  })) {
    test(`${what} is refused`, () => {
      assert.throws(() => build(asked), { code: 'INVALID_PARAMETER' });
    });
  }
});
