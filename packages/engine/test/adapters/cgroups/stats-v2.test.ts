import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { suite, test } from 'node:test';
import { statsV2 } from '../../../src/adapters/cgroups/stats-v2.ts';
import { Recorded } from '../../support/recorded.ts';

suite('counts of version 2', () => {
  const files = {
    'cpu.stat':
      'usage_usec 3232864\nuser_usec 3109828\nsystem_usec 123035\nnice_usec 0\nnr_periods 7\nnr_throttled 2\nthrottled_usec 1500\n',
    'memory.current': '217088\n',
    'memory.peak': '548864\n',
    'memory.max': '67108864\n',
    'memory.events': 'low 0\nhigh 0\nmax 3\noom 1\noom_kill 1\noom_group_kill 0\n',
    'memory.stat': 'anon 61440\nfile 0\nslab_reclaimable 44352\n',
    'pids.current': '1\n',
    'pids.max': '40\n',
    'io.stat':
      '8:0 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=9 dios=1\n254:3 rbytes=1 wbytes=0 rios=1 wios=0 dbytes=0 dios=0\n7:0 \n',
  };

  test('is read', () => {
    using directory = new Recorded(files);
    assert.deepEqual(statsV2(directory.path), {
      cpu: {
        usage: 3_232_864_000,
        user: 3_109_828_000,
        system: 123_035_000,
        perCpu: [],
        periods: 7,
        throttledPeriods: 2,
        throttledTime: 1_500_000,
      },
      memory: {
        usage: 217088,
        maxUsage: 548864,
        limit: 67108864,
        failures: 3,
        stats: { anon: 61440, file: 0, slab_reclaimable: 44352 },
      },
      pids: { current: 1, limit: 40 },
      io: [
        { major: 8, minor: 0, op: 'Read', value: 1459200 },
        { major: 8, minor: 0, op: 'Write', value: 314773504 },
        { major: 254, minor: 3, op: 'Read', value: 1 },
        { major: 254, minor: 3, op: 'Write', value: 0 },
        { major: 7, minor: 0, op: 'Read', value: 0 },
        { major: 7, minor: 0, op: 'Write', value: 0 },
      ],
    });
  });

  test('without limits, and on a kernel that keeps no peak', () => {
    const { 'memory.peak': _, ...older } = files;
    using directory = new Recorded({ ...older, 'memory.max': 'max\n', 'pids.max': 'max\n' });
    const stats = statsV2(directory.path);
    assert.equal(stats.memory.limit, totalmem());
    assert.equal(stats.memory.maxUsage, stats.memory.usage);
    assert.equal(stats.pids.limit, Number.POSITIVE_INFINITY);
  });
});
