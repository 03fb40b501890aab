import type { ContainerCPUStats, ContainerStatsResponse } from '@selkie/contract/docker/types/container-stats';
import { compareVersions } from '@selkie/contract/versions';
import { formatNanos } from '@selkie/engine/clock';
import type { StatsSample } from '@selkie/engine/containers/stats';

const NEVER = '0001-01-01T00:00:00Z';
const NO_BLKIO = {
  io_service_bytes_recursive: null,
  io_serviced_recursive: null,
  io_queue_recursive: null,
  io_service_time_recursive: null,
  io_wait_time_recursive: null,
  io_merged_recursive: null,
  io_time_recursive: null,
  sectors_recursive: null,
};
const NO_CPU: ContainerCPUStats = {
  cpu_usage: { total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0 },
  throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
};

type Measurement = NonNullable<StatsSample['current']>;

/** One report of a container's use, the shape both groups share. */
export function presentStats({ id, name, current, previous }: StatsSample, version: string): ContainerStatsResponse {
  const head = {
    id,
    name: `/${name}`,
    ...(compareVersions(version, '1.52') >= 0 ? { os_type: 'linux' } : {}),
    preread: previous ? formatNanos(previous.time) : NEVER,
    precpu_stats: previous ? cpuStats(previous) : NO_CPU,
    storage_stats: {},
    num_procs: 0,
  };
  if (current === undefined) {
    return { ...head, read: NEVER, cpu_stats: NO_CPU, memory_stats: {}, pids_stats: {}, blkio_stats: NO_BLKIO };
  }
  return {
    ...head,
    read: formatNanos(current.time),
    cpu_stats: cpuStats(current),
    memory_stats: {
      usage: current.memory.usage,
      ...(current.memory.maxUsage > 0 ? { max_usage: current.memory.maxUsage } : {}),
      ...(current.memory.failures > 0 ? { failcnt: current.memory.failures } : {}),
      stats: { ...current.memory.stats },
      limit: current.memory.limit,
    },
    pids_stats: {
      current: current.pids.current,
      ...(Number.isFinite(current.pids.limit) ? { limit: current.pids.limit } : {}),
    },
    blkio_stats: { ...NO_BLKIO, io_service_bytes_recursive: current.io.map((entry) => ({ ...entry })) },
    ...networksOf(current),
  };
}

function cpuStats({ cpu, hostCpu }: Measurement): ContainerCPUStats {
  return {
    cpu_usage: {
      total_usage: cpu.usage,
      ...(cpu.perCpu.length > 0 ? { percpu_usage: [...cpu.perCpu] } : {}),
      usage_in_kernelmode: cpu.system,
      usage_in_usermode: cpu.user,
    },
    system_cpu_usage: hostCpu.total,
    online_cpus: hostCpu.online,
    throttling_data: {
      periods: cpu.periods,
      throttled_periods: cpu.throttledPeriods,
      throttled_time: cpu.throttledTime,
    },
  };
}

function networksOf({ interfaces }: Measurement): Pick<ContainerStatsResponse, 'networks'> {
  const entries = Object.entries(interfaces).map(([name, stats]) => [
    name,
    {
      rx_bytes: stats.received.bytes,
      rx_packets: stats.received.packets,
      rx_errors: stats.received.errors,
      rx_dropped: stats.received.dropped,
      tx_bytes: stats.transmitted.bytes,
      tx_packets: stats.transmitted.packets,
      tx_errors: stats.transmitted.errors,
      tx_dropped: stats.transmitted.dropped,
    },
  ]);
  return entries.length > 0 ? { networks: Object.fromEntries(entries) } : {};
}
