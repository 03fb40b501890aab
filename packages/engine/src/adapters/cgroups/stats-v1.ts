import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { CgroupStats } from '../../ports/cgroups.ts';
import { readFlat, readNumber, readText } from './files.ts';

/** Clock ticks a second in which cpuacct.stat counts; the same on every architecture since 2.6. */
const USER_HZ = 100;
const TICK_NS = 1e9 / USER_HZ;

/** @param directory of a controller's group, undefined where the controller is not mounted */
export function statsV1(directory: (controller: string) => string | undefined): CgroupStats {
  const at = (controller: string, file: string): string => join(directory(controller) ?? '/nonexistent', file);
  const throttling = readFlat(at('cpu', 'cpu.stat'));
  const ticks = readFlat(at('cpuacct', 'cpuacct.stat'));
  const limit = readNumber(at('memory', 'memory.limit_in_bytes'));
  return {
    cpu: {
      usage: readNumber(at('cpuacct', 'cpuacct.usage')),
      user: (ticks.user ?? 0) * TICK_NS,
      system: (ticks.system ?? 0) * TICK_NS,
      perCpu: readText(at('cpuacct', 'cpuacct.usage_percpu')).trim().split(' ').filter(Boolean).map(Number),
      periods: throttling.nr_periods ?? 0,
      throttledPeriods: throttling.nr_throttled ?? 0,
      throttledTime: throttling.throttled_time ?? 0,
    },
    memory: {
      usage: readNumber(at('memory', 'memory.usage_in_bytes')),
      maxUsage: readNumber(at('memory', 'memory.max_usage_in_bytes')),
      limit: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
      failures: readNumber(at('memory', 'memory.failcnt')),
      stats: readFlat(at('memory', 'memory.stat')),
    },
    pids: { current: readNumber(at('pids', 'pids.current')), limit: readNumber(at('pids', 'pids.max')) },
    io: ioOf(readText(at('blkio', 'blkio.throttle.io_service_bytes_recursive'))),
  };
}

/** `8:0 Read 4096` lines and a total, which has no device. */
function ioOf(text: string): CgroupStats['io'] {
  return text.split('\n').flatMap((line) => {
    const match = /^(\d+):(\d+) (\w+) (\d+)$/.exec(line);
    if (match === null) return [];
    const [, major, minor, op = '', value] = match;
    return [{ major: Number(major), minor: Number(minor), op, value: Number(value) }];
  });
}
