import type { CgroupStats } from '../../src/ports/cgroups.ts';

/** Accounting of a container that has used this much processor time. */
export function cgroupStats(cpuUsage: number): CgroupStats {
  return {
    cpu: { usage: cpuUsage, user: 0, system: 0, perCpu: [], periods: 0, throttledPeriods: 0, throttledTime: 0 },
    memory: { usage: 4096, maxUsage: 8192, limit: 1 << 30, failures: 0, stats: {} },
    pids: { current: 1, limit: 0 },
    io: [],
  };
}
