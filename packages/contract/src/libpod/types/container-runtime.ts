import { ContainerStatsResponse } from '../../docker/types/container-stats.ts';
import * as t from '../../schema.ts';
import {
  LinuxBlockIO,
  LinuxCPU,
  LinuxDeviceCgroup,
  LinuxHugepageLimit,
  LinuxMemory,
  LinuxNetwork,
  LinuxPids,
  LinuxRdma,
  POSIXRlimit,
} from './oci.ts';

export const TopReport = t.object({ Processes: t.array(t.array(t.string())), Titles: t.array(t.string()) });
export type TopReport = t.Static<typeof TopReport>;

export const ContainerNetworkStats = t.object({
  RxBytes: t.unsigned(),
  RxDropped: t.unsigned(),
  RxErrors: t.unsigned(),
  RxPackets: t.unsigned(),
  TxBytes: t.unsigned(),
  TxDropped: t.unsigned(),
  TxErrors: t.unsigned(),
  TxPackets: t.unsigned(),
});
export type ContainerNetworkStats = t.Static<typeof ContainerNetworkStats>;

export const ContainerStats = t.object({
  AvgCPU: t.number(),
  BlockInput: t.unsigned(),
  BlockOutput: t.unsigned(),
  CPU: t.number(),
  CPUNano: t.unsigned(),
  CPUSystemNano: t.unsigned(),
  ContainerID: t.string(),
  Duration: t.unsigned(),
  MemLimit: t.unsigned(),
  MemPerc: t.number(),
  MemUsage: t.unsigned(),
  Name: t.string(),
  Network: t.nullable(t.record(ContainerNetworkStats)),
  PIDs: t.unsigned(),
  PerCPU: t.nullable(t.array(t.unsigned())),
  SystemNano: t.unsigned(),
  UpTime: t.integer(),
});
export type ContainerStats = t.Static<typeof ContainerStats>;

export const ContainerStatsReport = t.object({
  Error: t.nullable(t.nullable(t.unknown())),
  Stats: t.nullable(t.array(ContainerStats)),
});
export type ContainerStatsReport = t.Static<typeof ContainerStatsReport>;

export const ContainerRemoveReport = t.object({ Err: t.optional(t.nullable(t.string())), Id: t.string() });
export type ContainerRemoveReport = t.Static<typeof ContainerRemoveReport>;

export const WeightDevice = t.partial({ Path: t.string(), Weight: t.unsigned() });
export type WeightDevice = t.Static<typeof WeightDevice>;

export const ThrottleDevice = t.partial({ Path: t.string(), Rate: t.unsigned() });
export type ThrottleDevice = t.Static<typeof ThrottleDevice>;

export const ContainerUpdateRequest = t.partial({
  BlkIOWeightDevice: t.array(WeightDevice),
  DeviceReadBPs: t.array(ThrottleDevice),
  DeviceReadIOPs: t.array(ThrottleDevice),
  DeviceWriteBPs: t.array(ThrottleDevice),
  DeviceWriteIOPs: t.array(ThrottleDevice),
  Env: t.array(t.string()),
  UnsetEnv: t.array(t.string()),
  blockIO: LinuxBlockIO,
  cpu: LinuxCPU,
  devices: t.array(LinuxDeviceCgroup),
  health_cmd: t.string(),
  health_interval: t.string(),
  health_log_destination: t.string(),
  health_max_log_count: t.unsigned(),
  health_max_log_size: t.unsigned(),
  health_on_failure: t.string(),
  health_retries: t.unsigned(),
  health_start_period: t.string(),
  health_startup_cmd: t.string(),
  health_startup_interval: t.string(),
  health_startup_retries: t.unsigned(),
  health_startup_success: t.unsigned(),
  health_startup_timeout: t.string(),
  health_timeout: t.string(),
  hugepageLimits: t.array(LinuxHugepageLimit),
  memory: LinuxMemory,
  network: LinuxNetwork,
  no_healthcheck: t.boolean(),
  pids: LinuxPids,
  r_limits: t.array(POSIXRlimit),
  rdma: t.record(LinuxRdma),
  unified: t.record(t.string()),
});
export type ContainerUpdateRequest = t.Static<typeof ContainerUpdateRequest>;

/** Kind: 0 changed, 1 added, 2 deleted. */
export const FilesystemChange = t.object({ Path: t.string(), Kind: t.integer({ minimum: 0, maximum: 2 }) });
export type FilesystemChange = t.Static<typeof FilesystemChange>;

/** The report Docker's clients read, with its ID under another name. */
export const ContainerStatsDetail = t.extend(ContainerStatsResponse, t.object({ Id: t.string() }));
export type ContainerStatsDetail = t.Static<typeof ContainerStatsDetail>;
