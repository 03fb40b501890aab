import type { LinuxDevice, LinuxResources } from '@selkie/contract/libpod/types/oci';
import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { DeviceDefinition, DeviceRate, ResourcesDefinition } from '@selkie/engine/containers/definition';
import type { ChangeableResources } from '@selkie/engine/containers/update';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function resourcesDefinition(spec: SpecGenerator): ResourcesDefinition {
  const limits = spec.resource_limits ?? {};
  return {
    ...changedResources(limits),
    ...(limits.memory?.swappiness === undefined ? {} : { memorySwappiness: limits.memory.swappiness }),
    ...(limits.memory?.disableOOMKiller ? { oomKillDisable: true } : {}),
    ...(spec.oom_score_adj === undefined ? {} : { oomScoreAdj: spec.oom_score_adj }),
    blkioWeightDevice: Object.entries(spec.weightDevice ?? {}).map(([path, { weight = 0 }]) => ({ path, weight })),
    throttle: {
      readBps: rates(spec.throttleReadBpsDevice),
      writeBps: rates(spec.throttleWriteBpsDevice),
      readIops: rates(spec.throttleReadIOPSDevice),
      writeIops: rates(spec.throttleWriteIOPSDevice),
    },
    ulimits: (spec.r_limits ?? []).map(({ type, soft = 0, hard = 0 }) => ({
      name: (type || invalid('a limit of r_limits needs a type')).toLowerCase().replace(/^rlimit_/, ''),
      soft: limitValue(soft),
      hard: limitValue(hard),
    })),
    ...(spec.cgroup_parent ? { cgroupParent: spec.cgroup_parent } : {}),
    ...(spec.unified || limits.unified ? { unified: { ...limits.unified, ...spec.unified } } : {}),
  };
}

/** The limits that may also be changed later. @throws SelkieError UNSUPPORTED */
export function changedResources(limits: LinuxResources): ChangeableResources {
  const { memory = {}, cpu = {}, pids, blockIO } = limits;
  refuseUndelivered(limits);
  return {
    ...defined('memory', memory.limit),
    ...defined('memoryReservation', memory.reservation),
    ...defined('memorySwap', memory.swap),
    ...defined('cpuShares', cpu.shares),
    ...defined('cpuPeriod', cpu.period),
    ...defined('cpuQuota', cpu.quota),
    ...defined('cpuRealtimePeriod', cpu.realtimePeriod),
    ...defined('cpuRealtimeRuntime', cpu.realtimeRuntime),
    ...(cpu.cpus ? { cpusetCpus: cpu.cpus } : {}),
    ...(cpu.mems ? { cpusetMems: cpu.mems } : {}),
    ...(pids?.limit === undefined ? {} : { pidsLimit: pids.limit }),
    ...defined('blkioWeight', blockIO?.weight),
  };
}

/** 2^64-1 travels as a rounded number: anything out there is "unlimited". */
function limitValue(value: number): number {
  return value >= 2 ** 63 ? -1 : value;
}

function defined<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  const member: { [P in K]?: number } = {};
  if (value) member[key] = value;
  return member;
}

function rates(devices: Readonly<Record<string, { rate?: number }>> | undefined): DeviceRate[] {
  return Object.entries(devices ?? {}).map(([path, { rate = 0 }]) => ({ path, rate }));
}

function refuseUndelivered({ hugepageLimits, network, rdma, memory, cpu, blockIO, devices }: LinuxResources): void {
  if (devices?.length) unsupported('resource_limits.devices', 'rules go into device_cgroup_rule');
  if (namesDevices(blockIO))
    unsupported('resource_limits.blockIO by device', 'limits go by path, beside resource_limits');
  if (memory?.useHierarchy || memory?.checkBeforeUpdate)
    unsupported('resource_limits.memory useHierarchy and checkBeforeUpdate', 'not delivered yet');
  if (hugepageLimits?.length) unsupported('resource_limits.hugepageLimits', 'not delivered yet');
  if (network?.classID || network?.priorities?.length) unsupported('resource_limits.network', 'not delivered yet');
  if (Object.keys(rdma ?? {}).length > 0) unsupported('resource_limits.rdma', 'not delivered yet');
  if (memory?.kernel || memory?.kernelTCP) unsupported('resource_limits.memory.kernel', 'kernels no longer have it');
  if (cpu?.burst || cpu?.idle) unsupported('resource_limits.cpu burst and idle', 'not delivered yet');
  if (blockIO?.leafWeight) unsupported('resource_limits.blockIO.leafWeight', 'kernels no longer have it');
}

function namesDevices(blockIO: LinuxResources['blockIO']): boolean {
  const { leafWeight, weight, ...byDevice } = blockIO ?? {};
  return Object.values(byDevice).some((devices) => devices.length > 0);
}

/** podman puts `host:container:permissions` into a device's path. */
export function deviceDefinitions(devices: readonly LinuxDevice[]): DeviceDefinition[] {
  return devices.map(({ path = '' }) => {
    const [hostPath = '', second, third] = path.split(':');
    if (!hostPath.startsWith('/')) {
      if (/^[^/]+\/[^/=]+=/.test(hostPath)) unsupported(`CDI device ${hostPath}`, 'not delivered yet');
      invalid(`invalid device: ${path}`);
    }
    const permissionsOnly = second !== undefined && third === undefined && /^[rwm]{1,3}$/.test(second);
    return {
      hostPath,
      containerPath: permissionsOnly || !second ? hostPath : second,
      permissions: (permissionsOnly ? second : third) || 'rwm',
    };
  });
}
