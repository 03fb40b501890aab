import { SelkieError } from '@selkie/contract';
import type { CgroupFeatures } from '../../ports/cgroups.ts';
import type { ResourcesDefinition } from '../definition.ts';
import type { Warn } from './input.ts';
import type { OciResources } from './types.ts';

const PERIOD = 100_000;
/** The kernel takes less for this, and the runtime then misses what it wrote. */
const MINIMUM_SHARES = 2;
const CPU_LIST = /^\d+(-\d+)?(,\d+(-\d+)?)*$/;

/** Processor shares, quotas and sets. */
export function buildCpu(asked: ResourcesDefinition, host: CgroupFeatures, warn: Warn): OciResources['cpu'] {
  check(asked);
  const can = (value: number | string | undefined, feature: boolean, what: string): boolean => {
    const set = value !== undefined && value !== 0 && value !== '';
    if (set && !feature) warn(`This host does not support ${what}; it has no effect`);
    return set && feature;
  };
  const { quota, period } = quotaOf(asked);
  return {
    ...(can(asked.cpuShares, host.cpuShares, 'CPU shares') && {
      shares: Math.max(asked.cpuShares ?? 0, MINIMUM_SHARES),
    }),
    ...(can(quota, host.cpuQuota, 'CPU quotas') && { quota }),
    ...(can(period, host.cpuQuota, 'CPU periods') && { period }),
    ...(can(asked.cpuRealtimePeriod, host.cpuRealtime, 'real-time CPU periods') && {
      realtimePeriod: asked.cpuRealtimePeriod,
    }),
    ...(can(asked.cpuRealtimeRuntime, host.cpuRealtime, 'real-time CPU runtimes') && {
      realtimeRuntime: asked.cpuRealtimeRuntime,
    }),
    ...(can(asked.cpusetCpus, host.cpuset, 'CPU sets') && { cpus: cpuList(asked.cpusetCpus ?? '', host.cpus) }),
    ...(can(asked.cpusetMems, host.cpuset, 'memory node sets') && { mems: cpuList(asked.cpusetMems ?? '', host.mems) }),
  };
}

function quotaOf(asked: ResourcesDefinition): { quota?: number; period?: number } {
  if (asked.nanoCpus) return { quota: Math.round((asked.nanoCpus * PERIOD) / 1e9), period: PERIOD };
  return {
    ...(asked.cpuQuota !== undefined && { quota: asked.cpuQuota }),
    ...(asked.cpuPeriod !== undefined && { period: asked.cpuPeriod }),
  };
}

function check(asked: ResourcesDefinition): void {
  const fail = (reason: string): never => {
    throw new SelkieError('INVALID_PARAMETER', { reason });
  };
  const { nanoCpus = 0, cpuPeriod = 0, cpuQuota = 0, cpuShares = 0 } = asked;
  if (nanoCpus < 0) fail(`invalid number of CPUs: ${nanoCpus / 1e9}`);
  if (nanoCpus > 0 && cpuPeriod > 0) fail('Conflicting options: Nano CPUs and CPU Period cannot both be set.');
  if (nanoCpus > 0 && cpuQuota > 0) fail('Conflicting options: Nano CPUs and CPU Quota cannot both be set.');
  if (nanoCpus > 0 && nanoCpus < 1e7) fail('Range of CPUs is from 0.01');
  if (cpuPeriod !== 0 && (cpuPeriod < 1000 || cpuPeriod > 1_000_000)) {
    fail('CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)');
  }
  if (cpuQuota > 0 && cpuQuota < 1000) fail('CPU cfs quota can not be less than 1ms (i.e. 1000)');
  if (cpuShares < 0) fail(`invalid CPU shares (${cpuShares}): value must be a positive integer`);
}

function cpuList(text: string, available: string): string {
  if (!CPU_LIST.test(text)) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `Invalid value ${text} for cpuset` });
  }
  const have = parseCpuList(available);
  for (const cpu of parseCpuList(text)) {
    if (!have.has(cpu)) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `Requested CPUs or memory nodes are not available - requested ${text}, available: ${available}`,
      });
    }
  }
  return text;
}

function parseCpuList(text: string): Set<number> {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    // A range far beyond any machine must not make us count to its end.
    for (let number = first; number <= Math.min(last, 1 << 16); number++) numbers.add(number);
  }
  return numbers;
}
