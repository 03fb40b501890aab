import assert from 'node:assert/strict';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { statsV1 } from '../../../src/adapters/cgroups/stats-v1.ts';
import { Recorded } from '../../support/recorded.ts';

suite('counts of version 1', () => {
  test('is read from where each controller is', () => {
    using directory = new Recorded({
      'cpu/cpu.stat': 'nr_periods 10\nnr_throttled 4\nthrottled_time 123456\n',
      'cpuacct/cpuacct.usage': '30000000\n',
      'cpuacct/cpuacct.stat': 'user 2\nsystem 1\n',
      'cpuacct/cpuacct.usage_percpu': '10000000 20000000 \n',
      'memory/memory.usage_in_bytes': '4096\n',
      'memory/memory.max_usage_in_bytes': '8192\n',
      'memory/memory.limit_in_bytes': '9223372036854771712\n',
      'memory/memory.failcnt': '5\n',
      'memory/memory.stat': 'cache 100\nrss 200\n',
      'pids/pids.current': '3\n',
      'pids/pids.max': 'max\n',
      'blkio/blkio.throttle.io_service_bytes_recursive': '8:0 Read 10\n8:0 Write 20\n8:0 Total 30\nTotal 30\n',
    });
    assert.deepEqual(
      statsV1((controller) => join(directory.path, controller)),
      {
        cpu: {
          usage: 30_000_000,
          user: 20_000_000,
          system: 10_000_000,
          perCpu: [10_000_000, 20_000_000],
          periods: 10,
          throttledPeriods: 4,
          throttledTime: 123456,
        },
        memory: { usage: 4096, maxUsage: 8192, limit: totalmem(), failures: 5, stats: { cache: 100, rss: 200 } },
        pids: { current: 3, limit: Number.POSITIVE_INFINITY },
        io: [
          { major: 8, minor: 0, op: 'Read', value: 10 },
          { major: 8, minor: 0, op: 'Write', value: 20 },
          { major: 8, minor: 0, op: 'Total', value: 30 },
        ],
      },
    );
  });

  test('without a controller counts nothing', () => {
    const stats = statsV1(() => undefined);
    assert.deepEqual([stats.cpu.usage, stats.memory.usage, stats.io], [0, 0, []]);
  });
});
