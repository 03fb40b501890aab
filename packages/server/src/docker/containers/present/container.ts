import { join } from 'node:path';
import type { ContainerInspect, NetworkSettings } from '@selkie/contract/docker/types/container-inspect';
import { compareVersions } from '@selkie/contract/versions';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { ContainerSize } from '@selkie/engine/containers/size';
import { presentConfig } from './config.ts';
import { presentNetworks } from './endpoints.ts';
import { presentHostConfig } from './host-config.ts';
import { presentMounts } from './mounts.ts';
import { orNull } from './names.ts';
import { presentPorts } from './ports.ts';
import { presentState } from './state.ts';

/** What inspect shows beside the record. */
export interface InspectFacts {
  readonly version: string;
  readonly runtime: string;
  readonly logPath: string | undefined;
  readonly filesDirectory: string;
  /** Undefined for a rootfs container. */
  readonly upperDirectory: string | undefined;
  readonly execIds: readonly string[];
}

export function presentContainer(
  record: ContainerRecord,
  facts: InspectFacts,
  size: ContainerSize | undefined,
): ContainerInspect {
  const { upperDirectory, version } = facts;
  const file = (name: string, managed: boolean) =>
    managed && record.state.pid > 0 ? join(facts.filesDirectory, name) : '';
  const { manageHosts, manageHostname, manageResolv } = record.definition.hosts;
  return {
    Id: record.id,
    Created: record.created,
    Path: record.process.args[0] ?? '',
    Args: record.process.args.slice(1),
    State: presentState(record),
    Image: record.image?.id ?? '',
    ResolvConfPath: file('resolv.conf', manageResolv),
    HostnamePath: file('hostname', manageHostname),
    HostsPath: file('hosts', manageHosts),
    LogPath: facts.logPath ?? '',
    Name: `/${record.name}`,
    RestartCount: record.state.restartCount,
    Driver: 'overlay2',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: record.definition.security.apparmor ?? '',
    ExecIDs: orNull(facts.execIds),
    HostConfig: presentHostConfig(record, facts.runtime),
    ...(upperDirectory ? { GraphDriver: { Name: 'overlay2', Data: { UpperDir: upperDirectory } } } : {}),
    ...(size ? { SizeRw: size.writable, SizeRootFs: size.total } : {}),
    Mounts: presentMounts(record),
    Config: presentConfig(record),
    NetworkSettings: presentNetworkSettings(record, version),
  };
}

function presentNetworkSettings(record: ContainerRecord, version: string): NetworkSettings {
  const networks = presentNetworks(record, version);
  const live = record.state.pid > 0;
  const settings: NetworkSettings = {
    SandboxID: live ? record.id : '',
    SandboxKey: live ? `/proc/${record.state.pid}/ns/net` : '',
    Ports: presentPorts(record),
    Networks: networks,
  };
  if (compareVersions(version, '1.52') >= 0) return settings;
  const { bridge } = networks;
  return {
    ...settings,
    Bridge: '',
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    EndpointID: bridge?.EndpointID ?? '',
    Gateway: bridge?.Gateway ?? '',
    GlobalIPv6Address: bridge?.GlobalIPv6Address ?? '',
    GlobalIPv6PrefixLen: bridge?.GlobalIPv6PrefixLen ?? 0,
    IPAddress: bridge?.IPAddress ?? '',
    IPPrefixLen: bridge?.IPPrefixLen ?? 0,
    IPv6Gateway: bridge?.IPv6Gateway ?? '',
    MacAddress: bridge?.MacAddress ?? '',
  };
}
