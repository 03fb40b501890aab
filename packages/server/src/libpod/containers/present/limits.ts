import type { InspectContainerHostConfig } from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerDefinition, DeviceRate } from '@selkie/engine/containers/definition';

type Limits = Pick<
  InspectContainerHostConfig,
  | 'BlkioDeviceReadBps'
  | 'BlkioDeviceReadIOps'
  | 'BlkioDeviceWriteBps'
  | 'BlkioDeviceWriteIOps'
  | 'BlkioWeight'
  | 'BlkioWeightDevice'
  | 'CgroupConf'
  | 'CgroupParent'
  | 'CpuCount'
  | 'CpuPercent'
  | 'CpuPeriod'
  | 'CpuQuota'
  | 'CpuRealtimePeriod'
  | 'CpuRealtimeRuntime'
  | 'CpuShares'
  | 'CpusetCpus'
  | 'CpusetMems'
  | 'Devices'
  | 'DiskQuota'
  | 'IOMaximumBandwidth'
  | 'IOMaximumIOps'
  | 'KernelMemory'
  | 'Memory'
  | 'MemoryReservation'
  | 'MemorySwap'
  | 'MemorySwappiness'
  | 'NanoCpus'
  | 'OomKillDisable'
  | 'OomScoreAdj'
  | 'PidsLimit'
  | 'Ulimits'
>;

const NANOCPUS = 1e9;

/** The part of a host config that says how much a container may use. */
export function presentLimits({ resources, devices }: ContainerDefinition, pidsLimit: number): Limits {
  const { throttle = {}, memory = 0 } = resources;
  return {
    OomScoreAdj: resources.oomScoreAdj ?? 0,
    CpuShares: resources.cpuShares ?? 0,
    Memory: memory,
    NanoCpus: resources.nanoCpus ?? nanoCpus(resources),
    CgroupParent: resources.cgroupParent ?? '',
    BlkioWeight: resources.blkioWeight ?? 0,
    BlkioWeightDevice: orNull(
      (resources.blkioWeightDevice ?? []).map(({ path, weight }) => ({ Path: path, Weight: weight })),
    ),
    BlkioDeviceReadBps: rates(throttle.readBps),
    BlkioDeviceWriteBps: rates(throttle.writeBps),
    BlkioDeviceReadIOps: rates(throttle.readIops),
    BlkioDeviceWriteIOps: rates(throttle.writeIops),
    CpuPeriod: resources.cpuPeriod ?? 0,
    CpuQuota: resources.cpuQuota ?? 0,
    CpuRealtimePeriod: resources.cpuRealtimePeriod ?? 0,
    CpuRealtimeRuntime: resources.cpuRealtimeRuntime ?? 0,
    CpusetCpus: resources.cpusetCpus ?? '',
    CpusetMems: resources.cpusetMems ?? '',
    Devices: devices.map(({ hostPath, containerPath, permissions }) => ({
      PathOnHost: hostPath,
      PathInContainer: containerPath,
      CgroupPermissions: permissions,
    })),
    DiskQuota: 0,
    KernelMemory: 0,
    MemoryReservation: resources.memoryReservation ?? 0,
    MemorySwap: resources.memorySwap ?? memory * 2,
    MemorySwappiness: resources.memorySwappiness ?? -1,
    OomKillDisable: resources.oomKillDisable ?? false,
    PidsLimit: pidsLimit,
    Ulimits: resources.ulimits.map(({ name, soft, hard }) => ({
      Name: `RLIMIT_${name.toUpperCase()}`,
      Soft: soft,
      Hard: hard,
    })),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    CgroupConf: Object.keys(resources.unified ?? {}).length > 0 ? { ...resources.unified } : null,
  };
}

/** What a quota over a period comes to. */
function nanoCpus({ cpuQuota = 0, cpuPeriod = 0 }: ContainerDefinition['resources']): number {
  return cpuQuota > 0 && cpuPeriod > 0 ? Math.round((cpuQuota / cpuPeriod) * NANOCPUS) : 0;
}

function rates(devices: readonly DeviceRate[] = []): { Path: string; Rate: number }[] | null {
  return orNull(devices.map(({ path, rate }) => ({ Path: path, Rate: rate })));
}

function orNull<T>(items: T[]): T[] | null {
  return items.length === 0 ? null : items;
}
