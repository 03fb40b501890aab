import type { InspectContainerHostConfig } from '@selkie/contract/libpod/types/container-inspect';
import type {
  LogDefinition,
  MountDefinition,
  NamespaceMode,
  NetworkMode,
  SecurityDefinition,
} from '@selkie/engine/containers/definition';
import type { ContainerDetails } from '@selkie/engine/containers/details';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { DEFAULT_SHM_SIZE } from '@selkie/engine/containers/spec/defaults';
import { presentVolumesFrom } from '../../../present/volumes-from.ts';
import { presentLimits } from './limits.ts';

export function presentHostConfig(record: ContainerRecord, details: ContainerDetails): InspectContainerHostConfig {
  const { definition } = record;
  const { security, namespaces, hosts, network, mounts } = definition;
  return {
    Binds: [
      ...mounts.flatMap(bindText),
      ...record.volumes.map(({ name, target, readOnly, options }) =>
        [name, target, optionText(readOnly, [...options, 'rbind'])].join(':'),
      ),
    ],
    CgroupManager: details.cgroupManager,
    CgroupMode: namespaceText(namespaces.cgroup, details.cgroupNamespace),
    ContainerIDFile: '',
    LogConfig: logConfig(definition.log, details.logPath),
    NetworkMode: networkText(network.mode),
    PortBindings: portBindings(record),
    RestartPolicy: { Name: definition.restart.policy, MaximumRetryCount: definition.restart.maximumRetries },
    AutoRemove: definition.autoRemove,
    AutoRemoveImage: false,
    Annotations: Object.keys(definition.annotations).length > 0 ? { ...definition.annotations } : null,
    VolumeDriver: '',
    VolumesFrom: presentVolumesFrom(definition),
    CapAdd: security.capAdd.map(capabilityName),
    CapDrop: security.capDrop.map(capabilityName),
    Dns: [...hosts.dns],
    DnsOptions: [...hosts.dnsOptions],
    DnsSearch: [...hosts.dnsSearch],
    ExtraHosts: [...hosts.extraHosts],
    HostsFile: '',
    GroupAdd: [...definition.process.groups],
    ...(definition.init ? { Init: true } : {}),
    IpcMode: namespaceText(namespaces.ipc, 'shareable'),
    Cgroup: '',
    Cgroups: 'default',
    Links: null,
    PidMode: namespaceText(namespaces.pid, 'private'),
    Privileged: security.privileged,
    PublishAllPorts: network.publishAll,
    ReadonlyRootfs: security.readOnlyRootfs,
    SecurityOpt: securityTexts(security),
    Tmpfs: Object.fromEntries(mounts.flatMap(tmpfsEntry)),
    UTSMode: namespaceText(namespaces.uts, 'private'),
    UsernsMode: '',
    ShmSize: definition.shmSize ?? DEFAULT_SHM_SIZE,
    Runtime: 'oci',
    ConsoleSize: [definition.process.consoleSize?.height ?? 0, definition.process.consoleSize?.width ?? 0],
    Isolation: '',
    ...presentLimits(definition, details.pidsLimit),
  };
}

function bindText(mount: MountDefinition): string[] {
  if (mount.type !== 'bind') return [];
  const bind = mount.options.some((option) => /^r?bind$/.test(option)) ? [] : ['rbind'];
  return [[mount.source, mount.target, optionText(mount.readOnly, [...mount.options, ...bind])].join(':')];
}

function tmpfsEntry(mount: MountDefinition): [string, string][] {
  return mount.type === 'tmpfs' ? [[mount.target, optionText(mount.readOnly, mount.options)]] : [];
}

function optionText(readOnly: boolean, options: readonly string[]): string {
  const propagation = options.some((option) => /^r?(private|shared|slave)$/.test(option)) ? [] : ['rprivate'];
  return [readOnly ? 'ro' : 'rw', ...propagation, ...options].join(',');
}

function logConfig({ driver, options, maxSize }: LogDefinition, path = ''): InspectContainerHostConfig['LogConfig'] {
  return {
    Type: driver,
    Config: Object.keys(options).length > 0 ? { ...options } : null,
    Path: path,
    Tag: options.tag ?? '',
    Size: `${maxSize ?? 0}B`,
  };
}

/** What was asked to be published, running or not. */
function portBindings({ definition }: ContainerRecord): InspectContainerHostConfig['PortBindings'] {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { containerPort, protocol, hostIp, hostPort, range } of definition.network.ports) {
    for (let offset = 0; offset < range; offset++) {
      const key = `${containerPort + offset}/${protocol}`;
      const host = { HostIp: hostIp ?? '0.0.0.0', HostPort: hostPort === undefined ? '' : String(hostPort + offset) };
      bindings[key] = [...(bindings[key] ?? []), host];
    }
  }
  return bindings;
}

function networkText(mode: NetworkMode): string {
  switch (mode.kind) {
    case 'container':
      return `container:${mode.container}`;
    case 'path':
      return `ns:${mode.path}`;
    default:
      return mode.kind;
  }
}

function namespaceText(mode: NamespaceMode, byDefault: string): string {
  switch (mode.kind) {
    case 'default':
      return byDefault;
    case 'container':
      return `container:${mode.container}`;
    case 'path':
      return `ns:${mode.path}`;
    default:
      return mode.kind;
  }
}

function capabilityName(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
}

function securityTexts(security: SecurityDefinition): string[] {
  return [
    ...(security.noNewPrivileges ? ['no-new-privileges'] : []),
    ...(security.seccomp === undefined ? [] : [`seccomp=${security.seccomp}`]),
    ...(security.apparmor === undefined ? [] : [`apparmor=${security.apparmor}`]),
    ...security.label.map((label) => `label=${label}`),
  ];
}
