import { join } from 'node:path';
import type { ContainerInspect, DriverData } from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerDetails } from '@selkie/engine/containers/details';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { ContainerSize } from '@selkie/engine/containers/size';
import { presentConfig } from './config.ts';
import { presentHostConfig } from './host-config.ts';
import { bareId, imageName } from './image.ts';
import { presentMounts } from './mounts.ts';
import { presentNetworkSettings } from './network-settings.ts';
import { presentState } from './state.ts';

/** What inspect shows beside the record. */
export interface InspectFacts {
  readonly details: ContainerDetails;
  readonly execIds: readonly string[];
  /** Containers whose namespaces it joins. */
  readonly dependencies: readonly string[];
  readonly size?: ContainerSize;
}

export function presentContainer(record: ContainerRecord, facts: InspectFacts): ContainerInspect {
  const { details, size } = facts;
  const { hosts, security, rootfs } = record.definition;
  const live = record.state.pid > 0;
  const file = (name: string, managed: boolean) => (managed && live ? join(details.filesDirectory, name) : '');
  const [path = '', ...args] = record.process.args;
  return {
    Id: record.id,
    Created: record.created,
    Path: path,
    Args: args,
    State: presentState(record, details),
    Image: bareId(record.image?.id),
    ImageDigest: record.image?.digest ?? '',
    ImageName: imageName(record),
    Rootfs: rootfs ?? '',
    Pod: '',
    ResolvConfPath: file('resolv.conf', hosts.manageResolv),
    HostnamePath: file('hostname', hosts.manageHostname),
    HostsPath: file('hosts', hosts.manageHosts),
    StaticDir: details.directory,
    ...(live ? { OCIConfigPath: join(details.bundle, 'config.json') } : {}),
    OCIRuntime: details.runtime,
    ConmonPidFile: join(details.bundle, 'conmon.pid'),
    PidFile: join(details.bundle, 'pidfile'),
    Name: record.name,
    RestartCount: record.state.restartCount,
    Driver: 'overlay',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: security.apparmor ?? '',
    EffectiveCaps: [...details.capabilities.effective],
    BoundingCaps: [...details.capabilities.bounding],
    ExecIDs: [...facts.execIds],
    GraphDriver: graphDriver(details, live),
    ...(size ? { SizeRw: size.writable, SizeRootFs: size.total } : {}),
    Mounts: presentMounts(record),
    Dependencies: [...facts.dependencies],
    NetworkSettings: presentNetworkSettings(record, details),
    Namespace: '',
    IsInfra: false,
    IsService: false,
    KubeExitCodePropagation: 'invalid',
    lockNumber: 0,
    Config: presentConfig(record),
    HostConfig: presentHostConfig(record, details),
    UseImageHosts: !hosts.manageHosts,
    UseImageHostname: !hosts.manageHostname,
  };
}

function graphDriver({ upperDirectory, layerDirectories, directory }: ContainerDetails, live: boolean): DriverData {
  if (upperDirectory === undefined) return { Name: 'overlay', Data: {} };
  return {
    Name: 'overlay',
    Data: {
      LowerDir: layerDirectories.join(':'),
      ...(live ? { MergedDir: join(directory, 'root') } : {}),
      UpperDir: upperDirectory,
      WorkDir: join(directory, 'work'),
    },
  };
}
