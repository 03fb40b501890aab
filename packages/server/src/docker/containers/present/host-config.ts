import type { InspectHostConfig } from '@selkie/contract/docker/types/container-inspect';
import type {
  DeviceRate,
  MountDefinition,
  NamespaceMode,
  NetworkMode,
  SecurityDefinition,
} from '@selkie/engine/containers/definition';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { DEFAULT_SHM_SIZE } from '@selkie/engine/containers/spec/defaults';
import { protectedPaths } from '@selkie/engine/containers/spec/paths';
import { presentVolumesFrom } from '../../../present/volumes-from.ts';
import { networkName, orNull } from './names.ts';
import { presentPortBindings } from './ports.ts';

export function presentHostConfig(record: ContainerRecord, runtime: string): InspectHostConfig {
  const { definition } = record;
  const { resources, security, namespaces, hosts, network } = definition;
  const throttle = resources.throttle ?? {};
  const mounts = definition.mounts;
  return {
    Binds: orNull(mounts.flatMap(bindText)),
    ContainerIDFile: '',
    LogConfig: { Type: definition.log.driver, Config: { ...definition.log.options } },
    NetworkMode: modeText(network.mode, Object.keys(network.endpoints)[0]),
    PortBindings: presentPortBindings(record),
    RestartPolicy: { Name: definition.restart.policy, MaximumRetryCount: definition.restart.maximumRetries },
    AutoRemove: definition.autoRemove,
    VolumeDriver: '',
    VolumesFrom: presentVolumesFrom(definition),
    ConsoleSize: [definition.process.consoleSize?.height ?? 0, definition.process.consoleSize?.width ?? 0],
    ...(Object.keys(definition.annotations).length > 0 ? { Annotations: { ...definition.annotations } } : {}),
    CapAdd: orNull(security.capAdd),
    CapDrop: orNull(security.capDrop),
    CgroupnsMode: namespaceText(namespaces.cgroup) || 'private',
    Dns: [...hosts.dns],
    DnsOptions: [...hosts.dnsOptions],
    DnsSearch: [...hosts.dnsSearch],
    ExtraHosts: orNull(hosts.extraHosts),
    GroupAdd: orNull(definition.process.groups),
    IpcMode: namespaceText(namespaces.ipc) || 'private',
    Cgroup: '',
    Links: null,
    OomScoreAdj: resources.oomScoreAdj ?? 0,
    PidMode: namespaceText(namespaces.pid),
    Privileged: security.privileged,
    PublishAllPorts: network.publishAll,
    ReadonlyRootfs: security.readOnlyRootfs,
    SecurityOpt: orNull(securityTexts(security)),
    ...tmpfsOf(mounts),
    UTSMode: namespaceText(namespaces.uts),
    UsernsMode: '',
    ShmSize: definition.shmSize ?? DEFAULT_SHM_SIZE,
    ...(Object.keys(security.sysctls).length > 0 ? { Sysctls: { ...security.sysctls } } : {}),
    Runtime: definition.runtime ?? runtime,
    Isolation: '',
    MaskedPaths: orNull(protectedPaths(security).maskedPaths),
    ReadonlyPaths: orNull(protectedPaths(security).readonlyPaths),
    CpuShares: resources.cpuShares ?? 0,
    Memory: resources.memory ?? 0,
    NanoCpus: resources.nanoCpus ?? 0,
    CgroupParent: resources.cgroupParent ?? '',
    BlkioWeight: resources.blkioWeight ?? 0,
    BlkioWeightDevice: (resources.blkioWeightDevice ?? []).map(({ path, weight }) => ({ Path: path, Weight: weight })),
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
    Devices: definition.devices.map(({ hostPath, containerPath, permissions }) => ({
      PathOnHost: hostPath,
      PathInContainer: containerPath,
      CgroupPermissions: permissions,
    })),
    DeviceCgroupRules: orNull(security.deviceCgroupRules),
    DeviceRequests: null,
    MemoryReservation: resources.memoryReservation ?? 0,
    MemorySwap: resources.memorySwap ?? 0,
    MemorySwappiness: resources.memorySwappiness ?? null,
    OomKillDisable: resources.oomKillDisable ?? null,
    ...(definition.init ? { Init: true } : {}),
    PidsLimit: resources.pidsLimit ?? null,
    Ulimits: resources.ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
  };
}

function rates(devices: readonly DeviceRate[] | undefined): { Path: string; Rate: number }[] | null {
  return orNull((devices ?? []).map(({ path, rate }) => ({ Path: path, Rate: rate })));
}

function bindText(mount: MountDefinition): string[] {
  if (mount.type === 'tmpfs') return [];
  const source = mount.type === 'bind' ? mount.source : mount.name;
  if (source === '') return [];
  const options = [...(mount.readOnly ? ['ro'] : []), ...mount.options.filter((option) => !/^r?bind$/.test(option))];
  return [[source, mount.target, ...(options.length > 0 ? [options.join(',')] : [])].join(':')];
}

function tmpfsOf(mounts: readonly MountDefinition[]): { Tmpfs?: Record<string, string> } {
  const entries = mounts.flatMap((mount) =>
    mount.type === 'tmpfs'
      ? [[mount.target, [...(mount.readOnly ? ['ro'] : []), ...mount.options].join(',')] as const]
      : [],
  );
  return entries.length > 0 ? { Tmpfs: Object.fromEntries(entries) } : {};
}

export function modeText(mode: NetworkMode, first: string | undefined): string {
  switch (mode.kind) {
    case 'bridge':
      return networkName(first ?? 'bridge');
    case 'container':
      return `container:${mode.container}`;
    case 'path':
      return `ns:${mode.path}`;
    default:
      return mode.kind;
  }
}

function namespaceText(mode: NamespaceMode): string {
  switch (mode.kind) {
    case 'default':
      return '';
    case 'container':
      return `container:${mode.container}`;
    case 'path':
      return `ns:${mode.path}`;
    default:
      return mode.kind;
  }
}

function securityTexts(security: SecurityDefinition): string[] {
  return [
    ...(security.noNewPrivileges ? ['no-new-privileges'] : []),
    ...(security.seccomp === undefined ? [] : [`seccomp=${security.seccomp}`]),
    ...(security.apparmor === undefined ? [] : [`apparmor=${security.apparmor}`]),
    ...security.label.map((label) => `label=${label}`),
  ];
}
