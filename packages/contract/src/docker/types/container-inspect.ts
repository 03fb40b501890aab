import * as t from '../../schema.ts';
import { DriverData, OCIDescriptor } from './common.ts';
import { HealthConfig } from './container-config.ts';
import { EndpointSettings } from './endpoint.ts';
import {
  DeviceMapping,
  DeviceRequest,
  Mount,
  MountType,
  PortBinding,
  RestartPolicy,
  ThrottleDevice,
  Ulimit,
  WeightDevice,
} from './host-config.ts';

export const HealthcheckResult = t.object({
  Start: t.string(),
  End: t.string(),
  ExitCode: t.integer(),
  Output: t.string(),
});
export type HealthcheckResult = t.Static<typeof HealthcheckResult>;

export const Health = t.object({
  Status: t.choice(['none', 'starting', 'healthy', 'unhealthy']),
  FailingStreak: t.integer(),
  Log: t.nullable(t.array(HealthcheckResult)),
});
export type Health = t.Static<typeof Health>;

export const ContainerState = t.object({
  Status: t.choice(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
  Running: t.boolean(),
  Paused: t.boolean(),
  Restarting: t.boolean(),
  OOMKilled: t.boolean(),
  Dead: t.boolean(),
  Pid: t.integer(),
  ExitCode: t.integer(),
  Error: t.string(),
  StartedAt: t.string(),
  FinishedAt: t.string(),
  Health: t.optional(Health),
});
export type ContainerState = t.Static<typeof ContainerState>;

/** By `80/tcp`; null for what is exposed and not published. */
export const PublishedPorts = t.record(t.nullable(t.array(PortBinding)));
export type PublishedPorts = t.Static<typeof PublishedPorts>;

export const InspectHostConfig = t.object({
  CpuShares: t.integer(),
  Memory: t.integer(),
  CgroupParent: t.string(),
  BlkioWeight: t.unsigned(),
  BlkioWeightDevice: t.nullable(t.array(WeightDevice)),
  BlkioDeviceReadBps: t.nullable(t.array(ThrottleDevice)),
  BlkioDeviceWriteBps: t.nullable(t.array(ThrottleDevice)),
  BlkioDeviceReadIOps: t.nullable(t.array(ThrottleDevice)),
  BlkioDeviceWriteIOps: t.nullable(t.array(ThrottleDevice)),
  CpuPeriod: t.integer(),
  CpuQuota: t.integer(),
  CpuRealtimePeriod: t.integer(),
  CpuRealtimeRuntime: t.integer(),
  CpusetCpus: t.string(),
  CpusetMems: t.string(),
  Devices: t.nullable(t.array(DeviceMapping)),
  DeviceCgroupRules: t.nullable(t.array(t.string())),
  DeviceRequests: t.nullable(t.array(DeviceRequest)),
  MemoryReservation: t.integer(),
  MemorySwap: t.integer(),
  MemorySwappiness: t.nullable(t.integer()),
  NanoCpus: t.integer(),
  OomKillDisable: t.nullable(t.boolean()),
  Init: t.optional(t.nullable(t.boolean())),
  PidsLimit: t.nullable(t.integer()),
  Ulimits: t.nullable(t.array(Ulimit)),
  CpuCount: t.integer(),
  CpuPercent: t.integer(),
  IOMaximumIOps: t.integer(),
  IOMaximumBandwidth: t.integer(),
  Binds: t.nullable(t.array(t.string())),
  ContainerIDFile: t.string(),
  LogConfig: t.object({ Type: t.string(), Config: t.nullable(t.record(t.string())) }),
  NetworkMode: t.string(),
  PortBindings: t.nullable(PublishedPorts),
  RestartPolicy: RestartPolicy,
  AutoRemove: t.boolean(),
  VolumeDriver: t.string(),
  VolumesFrom: t.nullable(t.array(t.string())),
  Mounts: t.optional(t.array(Mount)),
  ConsoleSize: t.array(t.unsigned()),
  Annotations: t.optional(t.record(t.string())),
  CapAdd: t.nullable(t.array(t.string())),
  CapDrop: t.nullable(t.array(t.string())),
  CgroupnsMode: t.string(),
  Dns: t.nullable(t.array(t.string())),
  DnsOptions: t.nullable(t.array(t.string())),
  DnsSearch: t.nullable(t.array(t.string())),
  ExtraHosts: t.nullable(t.array(t.string())),
  GroupAdd: t.nullable(t.array(t.string())),
  IpcMode: t.string(),
  Cgroup: t.string(),
  Links: t.nullable(t.array(t.string())),
  OomScoreAdj: t.integer(),
  PidMode: t.string(),
  Privileged: t.boolean(),
  PublishAllPorts: t.boolean(),
  ReadonlyRootfs: t.boolean(),
  SecurityOpt: t.nullable(t.array(t.string())),
  StorageOpt: t.optional(t.record(t.string())),
  Tmpfs: t.optional(t.record(t.string())),
  UTSMode: t.string(),
  UsernsMode: t.string(),
  ShmSize: t.unsigned(),
  Sysctls: t.optional(t.record(t.string())),
  Runtime: t.string(),
  Isolation: t.string(),
  MaskedPaths: t.nullable(t.array(t.string())),
  ReadonlyPaths: t.nullable(t.array(t.string())),
});
export type InspectHostConfig = t.Static<typeof InspectHostConfig>;

export const RootFSStorageSnapshot = t.object({ Name: t.string() });
export type RootFSStorageSnapshot = t.Static<typeof RootFSStorageSnapshot>;

export const RootFSStorage = t.object({ Snapshot: RootFSStorageSnapshot });
export type RootFSStorage = t.Static<typeof RootFSStorage>;

export const Storage = t.object({ RootFS: RootFSStorage });
export type Storage = t.Static<typeof Storage>;

export const MountPoint = t.object({
  Type: MountType,
  Name: t.optional(t.string()),
  Source: t.string(),
  Destination: t.string(),
  Driver: t.optional(t.string()),
  Mode: t.string(),
  RW: t.boolean(),
  Propagation: t.string(),
});
export type MountPoint = t.Static<typeof MountPoint>;

export const InspectConfig = t.object({
  Hostname: t.string(),
  Domainname: t.string(),
  User: t.string(),
  AttachStdin: t.boolean(),
  AttachStdout: t.boolean(),
  AttachStderr: t.boolean(),
  ExposedPorts: t.optional(t.record(t.object({}))),
  Tty: t.boolean(),
  OpenStdin: t.boolean(),
  StdinOnce: t.boolean(),
  Env: t.nullable(t.array(t.string())),
  Cmd: t.nullable(t.array(t.string())),
  Healthcheck: t.optional(HealthConfig),
  ArgsEscaped: t.optional(t.boolean()),
  Image: t.string(),
  Volumes: t.nullable(t.record(t.object({}))),
  WorkingDir: t.string(),
  Entrypoint: t.nullable(t.array(t.string())),
  NetworkDisabled: t.optional(t.boolean()),
  OnBuild: t.nullable(t.array(t.string())),
  Labels: t.nullable(t.record(t.string())),
  StopSignal: t.optional(t.string()),
  StopTimeout: t.optional(t.integer()),
  Shell: t.optional(t.array(t.string())),
  MacAddress: t.optional(t.string()),
});
export type InspectConfig = t.Static<typeof InspectConfig>;

export const Address = t.object({ Addr: t.string(), PrefixLen: t.integer() });
export type Address = t.Static<typeof Address>;

export const NetworkSettings = t.object({
  SandboxID: t.string(),
  SandboxKey: t.string(),
  Ports: PublishedPorts,
  Networks: t.record(EndpointSettings),
  // Of the default network, for clients older than 1.52.
  Bridge: t.optional(t.string()),
  HairpinMode: t.optional(t.boolean()),
  LinkLocalIPv6Address: t.optional(t.string()),
  LinkLocalIPv6PrefixLen: t.optional(t.integer()),
  SecondaryIPAddresses: t.optional(t.nullable(t.array(Address))),
  SecondaryIPv6Addresses: t.optional(t.nullable(t.array(Address))),
  EndpointID: t.optional(t.string()),
  Gateway: t.optional(t.string()),
  GlobalIPv6Address: t.optional(t.string()),
  GlobalIPv6PrefixLen: t.optional(t.integer()),
  IPAddress: t.optional(t.string()),
  IPPrefixLen: t.optional(t.integer()),
  IPv6Gateway: t.optional(t.string()),
  MacAddress: t.optional(t.string()),
});
export type NetworkSettings = t.Static<typeof NetworkSettings>;

export const ContainerInspect = t.object({
  Id: t.string(),
  Created: t.string(),
  Path: t.string(),
  Args: t.array(t.string()),
  State: ContainerState,
  Image: t.string(),
  ResolvConfPath: t.string(),
  HostnamePath: t.string(),
  HostsPath: t.string(),
  LogPath: t.string(),
  Name: t.string(),
  RestartCount: t.integer(),
  Driver: t.string(),
  Platform: t.string(),
  ImageManifestDescriptor: t.optional(OCIDescriptor),
  MountLabel: t.string(),
  ProcessLabel: t.string(),
  AppArmorProfile: t.string(),
  ExecIDs: t.nullable(t.array(t.string())),
  HostConfig: InspectHostConfig,
  GraphDriver: t.optional(t.nullable(DriverData)),
  Storage: t.optional(Storage),
  SizeRw: t.optional(t.integer()),
  SizeRootFs: t.optional(t.integer()),
  Mounts: t.array(MountPoint),
  Config: InspectConfig,
  NetworkSettings: NetworkSettings,
});
export type ContainerInspect = t.Static<typeof ContainerInspect>;
