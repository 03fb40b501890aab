import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { statsV1 } from '../../../src/adapters/cgroups/stats-v1.ts';
import { statsV2 } from '../../../src/adapters/cgroups/stats-v2.ts';

const directories: string[] = [];
after(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

/** A directory with the kernel's files as they were once read. */
function recorded(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-cgroup-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

suite('version 2', () => {
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
    assert.deepEqual(statsV2(recorded(files)), {
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
    const stats = statsV2(recorded({ ...older, 'memory.max': 'max\n', 'pids.max': 'max\n' }));
    assert.equal(stats.memory.limit, totalmem());
    assert.equal(stats.memory.maxUsage, stats.memory.usage);
    assert.equal(stats.pids.limit, Number.POSITIVE_INFINITY);
  });
});

suite('version 1', () => {
  test('is read from where each controller is', () => {
    const directory = recorded({});
    const put = (controller: string, file: string, text: string): void => {
      mkdirSync(join(directory, controller), { recursive: true });
      writeFileSync(join(directory, controller, file), text);
    };
    put('cpu', 'cpu.stat', 'nr_periods 10\nnr_throttled 4\nthrottled_time 123456\n');
    put('cpuacct', 'cpuacct.usage', '30000000\n');
    put('cpuacct', 'cpuacct.stat', 'user 2\nsystem 1\n');
    put('cpuacct', 'cpuacct.usage_percpu', '10000000 20000000 \n');
    put('memory', 'memory.usage_in_bytes', '4096\n');
    put('memory', 'memory.max_usage_in_bytes', '8192\n');
    put('memory', 'memory.limit_in_bytes', '9223372036854771712\n');
    put('memory', 'memory.failcnt', '5\n');
    put('memory', 'memory.stat', 'cache 100\nrss 200\n');
    put('pids', 'pids.current', '3\n');
    put('pids', 'pids.max', 'max\n');
    put('blkio', 'blkio.throttle.io_service_bytes_recursive', '8:0 Read 10\n8:0 Write 20\n8:0 Total 30\nTotal 30\n');
    assert.deepEqual(
      statsV1((controller) => join(directory, controller)),
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
