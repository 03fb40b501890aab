import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { CgroupStats } from '../../ports/cgroups.ts';
import { readFlat, readNumber, readText } from './files.ts';

const MICROSECOND_NS = 1000;

export function statsV2(directory: string): CgroupStats {
  const at = (file: string): string => join(directory, file);
  const cpu = readFlat(at('cpu.stat'));
  const ns = (name: string): number => (cpu[name] ?? 0) * MICROSECOND_NS;
  const usage = readNumber(at('memory.current'));
  const limit = readNumber(at('memory.max'));
  return {
    cpu: {
      usage: ns('usage_usec'),
      user: ns('user_usec'),
      system: ns('system_usec'),
      // The unified hierarchy does not count by processor.
      perCpu: [],
      periods: cpu.nr_periods ?? 0,
      throttledPeriods: cpu.nr_throttled ?? 0,
      throttledTime: ns('throttled_usec'),
    },
    memory: {
      usage,
      maxUsage: Math.max(readNumber(at('memory.peak')), usage),
      limit: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
      failures: readFlat(at('memory.events')).max ?? 0,
      stats: readFlat(at('memory.stat')),
    },
    pids: { current: readNumber(at('pids.current')), limit: readNumber(at('pids.max')) },
    io: ioOf(readText(at('io.stat'))),
  };
}

/** `8:0 rbytes=90112 wbytes=0 rios=4 …`, in the words of version 1. */
function ioOf(text: string): CgroupStats['io'] {
  return text.split('\n').flatMap((line) => {
    const device = /^(\d+):(\d+) /.exec(line);
    if (device === null) return [];
    const [major, minor] = [Number(device[1]), Number(device[2])];
    const value = (name: string): number => Number(new RegExp(`\\b${name}=(\\d+)`).exec(line)?.[1] ?? 0);
    return [
      { major, minor, op: 'Read', value: value('rbytes') },
      { major, minor, op: 'Write', value: value('wbytes') },
    ];
  });
}
