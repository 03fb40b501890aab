import * as t from '../../schema.ts';

export const ContainerCPUUsage = t.object({
  total_usage: t.unsigned(),
  percpu_usage: t.optional(t.array(t.unsigned())),
  usage_in_kernelmode: t.unsigned(),
  usage_in_usermode: t.unsigned(),
});
export type ContainerCPUUsage = t.Static<typeof ContainerCPUUsage>;

export const ContainerThrottlingData = t.object({
  periods: t.unsigned(),
  throttled_periods: t.unsigned(),
  throttled_time: t.unsigned(),
});
export type ContainerThrottlingData = t.Static<typeof ContainerThrottlingData>;

export const ContainerCPUStats = t.object({
  cpu_usage: ContainerCPUUsage,
  system_cpu_usage: t.optional(t.unsigned()),
  /** Percent; only libpod's answer has it. */
  cpu: t.optional(t.number()),
  online_cpus: t.optional(t.unsigned()),
  throttling_data: ContainerThrottlingData,
});
export type ContainerCPUStats = t.Static<typeof ContainerCPUStats>;

export const ContainerMemoryStats = t.object({
  usage: t.optional(t.unsigned()),
  max_usage: t.optional(t.unsigned()),
  stats: t.optional(t.record(t.unsigned())),
  failcnt: t.optional(t.unsigned()),
  limit: t.optional(t.unsigned()),
  commitbytes: t.optional(t.unsigned()),
  commitpeakbytes: t.optional(t.unsigned()),
  privateworkingset: t.optional(t.unsigned()),
});
export type ContainerMemoryStats = t.Static<typeof ContainerMemoryStats>;

export const ContainerNetworkStats = t.object({
  rx_bytes: t.unsigned(),
  rx_packets: t.unsigned(),
  rx_errors: t.unsigned(),
  rx_dropped: t.unsigned(),
  tx_bytes: t.unsigned(),
  tx_packets: t.unsigned(),
  tx_errors: t.unsigned(),
  tx_dropped: t.unsigned(),
  endpoint_id: t.optional(t.string()),
  instance_id: t.optional(t.string()),
});
export type ContainerNetworkStats = t.Static<typeof ContainerNetworkStats>;

export const ContainerPidsStats = t.object({ current: t.optional(t.unsigned()), limit: t.optional(t.unsigned()) });
export type ContainerPidsStats = t.Static<typeof ContainerPidsStats>;

export const ContainerBlkioStatEntry = t.object({
  major: t.unsigned(),
  minor: t.unsigned(),
  op: t.string(),
  value: t.unsigned(),
});
export type ContainerBlkioStatEntry = t.Static<typeof ContainerBlkioStatEntry>;

export const ContainerBlkioStats = t.object({
  io_service_bytes_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_serviced_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_queue_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_service_time_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_wait_time_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_merged_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  io_time_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
  sectors_recursive: t.nullable(t.array(ContainerBlkioStatEntry)),
});
export type ContainerBlkioStats = t.Static<typeof ContainerBlkioStats>;

export const ContainerStorageStats = t.object({
  read_count_normalized: t.optional(t.unsigned()),
  read_size_bytes: t.optional(t.unsigned()),
  write_count_normalized: t.optional(t.unsigned()),
  write_size_bytes: t.optional(t.unsigned()),
});
export type ContainerStorageStats = t.Static<typeof ContainerStorageStats>;

export const ContainerStatsResponse = t.object({
  id: t.optional(t.string()),
  name: t.optional(t.string()),
  os_type: t.optional(t.string()),
  read: t.string(),
  cpu_stats: ContainerCPUStats,
  memory_stats: ContainerMemoryStats,
  networks: t.optional(t.record(ContainerNetworkStats)),
  pids_stats: ContainerPidsStats,
  blkio_stats: ContainerBlkioStats,
  num_procs: t.unsigned(),
  storage_stats: ContainerStorageStats,
  preread: t.string(),
  precpu_stats: ContainerCPUStats,
});
export type ContainerStatsResponse = t.Static<typeof ContainerStatsResponse>;
