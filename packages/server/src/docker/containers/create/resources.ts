import type { HostConfig, Resources, ThrottleDevice } from '@selkie/contract/docker/types/host-config';
import type { DeviceDefinition, DeviceRate, ResourcesDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

/** Docker reads 0 as "not set" in every one of these. */
function set<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  const member: { [P in K]?: number } = {};
  if (value) member[key] = value;
  return member;
}

export function resourcesDefinition(host: HostConfig): ResourcesDefinition {
  refuseWindowsOnly(host);
  if (host.DeviceRequests?.length) unsupported('HostConfig.DeviceRequests', 'not delivered yet');
  return {
    ...set('memory', host.Memory),
    ...set('memoryReservation', host.MemoryReservation),
    ...set('memorySwap', host.MemorySwap),
    ...(host.MemorySwappiness === undefined || host.MemorySwappiness === -1
      ? {}
      : { memorySwappiness: host.MemorySwappiness }),
    ...(host.OomKillDisable ? { oomKillDisable: true } : {}),
    ...set('oomScoreAdj', host.OomScoreAdj),
    ...set('cpuShares', host.CpuShares),
    ...set('cpuPeriod', host.CpuPeriod),
    ...set('cpuQuota', host.CpuQuota),
    ...set('cpuRealtimePeriod', host.CpuRealtimePeriod),
    ...set('cpuRealtimeRuntime', host.CpuRealtimeRuntime),
    ...set('nanoCpus', host.NanoCpus),
    ...(host.CpusetCpus ? { cpusetCpus: host.CpusetCpus } : {}),
    ...(host.CpusetMems ? { cpusetMems: host.CpusetMems } : {}),
    ...set('pidsLimit', host.PidsLimit),
    ...set('blkioWeight', host.BlkioWeight),
    ...(host.BlkioWeightDevice?.length
      ? {
          blkioWeightDevice: host.BlkioWeightDevice.map(({ Path = '', Weight = 0 }) => ({
            path: Path,
            weight: Weight,
          })),
        }
      : {}),
    throttle: {
      readBps: rates(host.BlkioDeviceReadBps),
      writeBps: rates(host.BlkioDeviceWriteBps),
      readIops: rates(host.BlkioDeviceReadIOps),
      writeIops: rates(host.BlkioDeviceWriteIOps),
    },
    ulimits: (host.Ulimits ?? []).map(({ Name, Soft = 0, Hard = 0 }) => ({
      name: Name ?? invalid('a ulimit needs a Name'),
      soft: Soft,
      hard: Hard,
    })),
    ...(host.CgroupParent ? { cgroupParent: host.CgroupParent } : {}),
  };
}

function rates(devices: readonly ThrottleDevice[] | undefined): DeviceRate[] {
  return (devices ?? []).map(({ Path = '', Rate = 0 }) => ({ path: Path, rate: Rate }));
}

function refuseWindowsOnly(resources: Resources): void {
  for (const field of ['CpuCount', 'CpuPercent', 'IOMaximumIOps', 'IOMaximumBandwidth'] as const) {
    if (resources[field]) unsupported(`HostConfig.${field}`, 'it is for Windows containers');
  }
}

export function deviceDefinitions(host: HostConfig): DeviceDefinition[] {
  return (host.Devices ?? []).map(({ PathOnHost, PathInContainer, CgroupPermissions }) => {
    const hostPath = PathOnHost || invalid('a device needs PathOnHost');
    const permissions = CgroupPermissions || 'rwm';
    if (!/^[rwm]{1,3}$/.test(permissions)) invalid(`invalid device permissions: ${permissions}`);
    return { hostPath, containerPath: PathInContainer || hostPath, permissions };
  });
}
