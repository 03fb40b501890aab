import * as t from '../../schema.ts';
import { HealthConfig, StartupHealthCheck } from './spec-generator.ts';

export const InspectSecret = t.object({
  GID: t.unsigned(),
  ID: t.string(),
  Mode: t.unsigned(),
  Name: t.string(),
  UID: t.unsigned(),
});
export type InspectSecret = t.Static<typeof InspectSecret>;

export const InspectContainerConfig = t.object({
  Annotations: t.nullable(t.record(t.string())),
  AttachStderr: t.boolean(),
  AttachStdin: t.boolean(),
  AttachStdout: t.boolean(),
  ChrootDirs: t.optional(t.array(t.string())),
  Cmd: t.nullable(t.array(t.string())),
  CreateCommand: t.optional(t.array(t.string())),
  Domainname: t.string(),
  Entrypoint: t.nullable(t.array(t.string())),
  Env: t.nullable(t.array(t.string())),
  ExposedPorts: t.optional(t.record(t.object({}))),
  HealthLogDestination: t.string(),
  Healthcheck: t.optional(HealthConfig),
  HealthcheckMaxLogCount: t.unsigned(),
  HealthcheckMaxLogSize: t.unsigned(),
  HealthcheckOnFailureAction: t.string(),
  Hostname: t.string(),
  Image: t.string(),
  Labels: t.nullable(t.record(t.string())),
  OnBuild: t.nullable(t.string()),
  OpenStdin: t.boolean(),
  Passwd: t.boolean(),
  Secrets: t.optional(t.array(InspectSecret)),
  StartupHealthCheck: t.optional(StartupHealthCheck),
  StdinOnce: t.boolean(),
  StopSignal: t.string(),
  StopTimeout: t.unsigned(),
  SystemdMode: t.optional(t.boolean()),
  Timeout: t.unsigned(),
  Timezone: t.optional(t.string()),
  Tty: t.boolean(),
  Umask: t.string(),
  User: t.string(),
  Volumes: t.nullable(t.record(t.object({}))),
  WorkingDir: t.string(),
  sdNotifyMode: t.optional(t.string()),
  sdNotifySocket: t.optional(t.string()),
});
export type InspectContainerConfig = t.Static<typeof InspectContainerConfig>;

export const DriverData = t.object({ Data: t.record(t.string()), Name: t.string() });
export type DriverData = t.Static<typeof DriverData>;

export const InspectBlkioThrottleDevice = t.object({ Path: t.string(), Rate: t.unsigned() });
export type InspectBlkioThrottleDevice = t.Static<typeof InspectBlkioThrottleDevice>;

export const InspectBlkioWeightDevice = t.object({ Path: t.string(), Weight: t.unsigned() });
export type InspectBlkioWeightDevice = t.Static<typeof InspectBlkioWeightDevice>;

export const InspectDevice = t.object({
  CgroupPermissions: t.string(),
  PathInContainer: t.string(),
  PathOnHost: t.string(),
});
export type InspectDevice = t.Static<typeof InspectDevice>;

export const InspectIDMappings = t.object({
  GidMap: t.optional(t.nullable(t.array(t.string()))),
  UidMap: t.optional(t.nullable(t.array(t.string()))),
});
export type InspectIDMappings = t.Static<typeof InspectIDMappings>;

export const InspectLogConfig = t.object({
  Config: t.nullable(t.record(t.string())),
  Path: t.string(),
  Size: t.string(),
  Tag: t.string(),
  Type: t.string(),
});
export type InspectLogConfig = t.Static<typeof InspectLogConfig>;

export const InspectHostPort = t.object({ HostIp: t.string(), HostPort: t.string() });
export type InspectHostPort = t.Static<typeof InspectHostPort>;

export const InspectRestartPolicy = t.object({ MaximumRetryCount: t.unsigned(), Name: t.string() });
export type InspectRestartPolicy = t.Static<typeof InspectRestartPolicy>;

export const InspectUlimit = t.object({ Hard: t.integer(), Name: t.string(), Soft: t.integer() });
export type InspectUlimit = t.Static<typeof InspectUlimit>;

export const InspectContainerHostConfig = t.object({
  Annotations: t.nullable(t.record(t.string())),
  AutoRemove: t.boolean(),
  AutoRemoveImage: t.boolean(),
  Binds: t.array(t.string()),
  BlkioDeviceReadBps: t.nullable(t.array(InspectBlkioThrottleDevice)),
  BlkioDeviceReadIOps: t.nullable(t.array(InspectBlkioThrottleDevice)),
  BlkioDeviceWriteBps: t.nullable(t.array(InspectBlkioThrottleDevice)),
  BlkioDeviceWriteIOps: t.nullable(t.array(InspectBlkioThrottleDevice)),
  BlkioWeight: t.unsigned(),
  BlkioWeightDevice: t.nullable(t.array(InspectBlkioWeightDevice)),
  CapAdd: t.array(t.string()),
  CapDrop: t.array(t.string()),
  Cgroup: t.string(),
  CgroupConf: t.nullable(t.record(t.string())),
  CgroupManager: t.string(),
  CgroupMode: t.string(),
  CgroupParent: t.string(),
  Cgroups: t.string(),
  ConsoleSize: t.array(t.unsigned()),
  ContainerIDFile: t.string(),
  CpuCount: t.unsigned(),
  CpuPercent: t.unsigned(),
  CpuPeriod: t.unsigned(),
  CpuQuota: t.integer(),
  CpuRealtimePeriod: t.unsigned(),
  CpuRealtimeRuntime: t.integer(),
  CpuShares: t.unsigned(),
  CpusetCpus: t.string(),
  CpusetMems: t.string(),
  Devices: t.array(InspectDevice),
  DiskQuota: t.unsigned(),
  Dns: t.array(t.string()),
  DnsOptions: t.array(t.string()),
  DnsSearch: t.array(t.string()),
  ExtraHosts: t.array(t.string()),
  GroupAdd: t.array(t.string()),
  HostsFile: t.string(),
  IDMappings: t.optional(InspectIDMappings),
  IOMaximumBandwidth: t.unsigned(),
  IOMaximumIOps: t.unsigned(),
  Init: t.optional(t.boolean()),
  IntelRdtClosID: t.optional(t.string()),
  IpcMode: t.string(),
  Isolation: t.string(),
  KernelMemory: t.integer(),
  Links: t.nullable(t.array(t.string())),
  LogConfig: InspectLogConfig,
  Memory: t.integer(),
  MemoryReservation: t.integer(),
  MemorySwap: t.integer(),
  MemorySwappiness: t.integer(),
  NanoCpus: t.integer(),
  NetworkMode: t.string(),
  OomKillDisable: t.boolean(),
  OomScoreAdj: t.integer(),
  PidMode: t.string(),
  PidsLimit: t.integer(),
  PortBindings: t.record(t.nullable(t.array(InspectHostPort))),
  Privileged: t.boolean(),
  PublishAllPorts: t.boolean(),
  ReadonlyRootfs: t.boolean(),
  RestartPolicy: InspectRestartPolicy,
  Runtime: t.string(),
  SecurityOpt: t.array(t.string()),
  ShmSize: t.integer(),
  Tmpfs: t.record(t.string()),
  UTSMode: t.string(),
  Ulimits: t.array(InspectUlimit),
  UsernsMode: t.string(),
  VolumeDriver: t.string(),
  VolumesFrom: t.nullable(t.array(t.string())),
});
export type InspectContainerHostConfig = t.Static<typeof InspectContainerHostConfig>;

export const InspectMount = t.object({
  Destination: t.string(),
  Driver: t.string(),
  Mode: t.string(),
  Name: t.optional(t.string()),
  Options: t.array(t.string()),
  Propagation: t.string(),
  RW: t.boolean(),
  Source: t.string(),
  SubPath: t.optional(t.string()),
  Type: t.string(),
});
export type InspectMount = t.Static<typeof InspectMount>;

export const Address = t.object({ Addr: t.string(), PrefixLength: t.integer() });
export type Address = t.Static<typeof Address>;

export const InspectAdditionalNetwork = t.object({
  AdditionalMACAddresses: t.optional(t.array(t.string())),
  Aliases: t.optional(t.array(t.string())),
  DriverOpts: t.nullable(t.record(t.string())),
  EndpointID: t.string(),
  Gateway: t.string(),
  GlobalIPv6Address: t.string(),
  GlobalIPv6PrefixLen: t.integer(),
  IPAMConfig: t.nullable(t.record(t.string())),
  IPAddress: t.string(),
  IPPrefixLen: t.integer(),
  IPv6Gateway: t.string(),
  Links: t.nullable(t.array(t.string())),
  MacAddress: t.string(),
  NetworkID: t.string(),
  SecondaryIPAddresses: t.optional(t.array(Address)),
  SecondaryIPv6Addresses: t.optional(t.array(Address)),
});
export type InspectAdditionalNetwork = t.Static<typeof InspectAdditionalNetwork>;

export const InspectNetworkSettings = t.object({
  AdditionalMACAddresses: t.optional(t.array(t.string())),
  Bridge: t.string(),
  EndpointID: t.string(),
  Gateway: t.string(),
  GlobalIPv6Address: t.string(),
  GlobalIPv6PrefixLen: t.integer(),
  HairpinMode: t.boolean(),
  IPAddress: t.string(),
  IPPrefixLen: t.integer(),
  IPv6Gateway: t.string(),
  LinkLocalIPv6Address: t.string(),
  LinkLocalIPv6PrefixLen: t.integer(),
  MacAddress: t.string(),
  Networks: t.record(InspectAdditionalNetwork),
  Ports: t.record(t.nullable(t.array(InspectHostPort))),
  SandboxID: t.string(),
  SandboxKey: t.string(),
  SecondaryIPAddresses: t.optional(t.array(Address)),
  SecondaryIPv6Addresses: t.optional(t.array(Address)),
});
export type InspectNetworkSettings = t.Static<typeof InspectNetworkSettings>;

export const HealthCheckLog = t.object({
  End: t.string(),
  ExitCode: t.integer(),
  Output: t.string(),
  Start: t.string(),
});
export type HealthCheckLog = t.Static<typeof HealthCheckLog>;

export const HealthCheckResults = t.object({
  FailingStreak: t.integer(),
  Log: t.nullable(t.array(HealthCheckLog)),
  Status: t.string(),
});
export type HealthCheckResults = t.Static<typeof HealthCheckResults>;

export const InspectContainerState = t.object({
  CgroupPath: t.optional(t.string()),
  CheckpointLog: t.optional(t.string()),
  CheckpointPath: t.optional(t.string()),
  Checkpointed: t.optional(t.boolean()),
  CheckpointedAt: t.string(),
  ConmonPid: t.optional(t.integer()),
  Dead: t.boolean(),
  Error: t.string(),
  ExitCode: t.integer(),
  FinishedAt: t.string(),
  Health: t.optional(HealthCheckResults),
  OOMKilled: t.boolean(),
  OciVersion: t.string(),
  Paused: t.boolean(),
  Pid: t.integer(),
  Restarting: t.boolean(),
  RestoreLog: t.optional(t.string()),
  Restored: t.optional(t.boolean()),
  RestoredAt: t.string(),
  Running: t.boolean(),
  StartedAt: t.string(),
  Status: t.string(),
  StoppedByUser: t.optional(t.boolean()),
});
export type InspectContainerState = t.Static<typeof InspectContainerState>;

export const ContainerInspect = t.object({
  AppArmorProfile: t.string(),
  Args: t.array(t.string()),
  BoundingCaps: t.array(t.string()),
  Config: InspectContainerConfig,
  ConmonPidFile: t.string(),
  Created: t.string(),
  Dependencies: t.array(t.string()),
  Driver: t.string(),
  EffectiveCaps: t.array(t.string()),
  ExecIDs: t.array(t.string()),
  GraphDriver: DriverData,
  HostConfig: InspectContainerHostConfig,
  HostnamePath: t.string(),
  HostsPath: t.string(),
  Id: t.string(),
  Image: t.string(),
  ImageDigest: t.string(),
  ImageName: t.string(),
  IsInfra: t.boolean(),
  IsService: t.boolean(),
  KubeExitCodePropagation: t.string(),
  MountLabel: t.string(),
  Mounts: t.array(InspectMount),
  Name: t.string(),
  Namespace: t.string(),
  NetworkSettings: InspectNetworkSettings,
  /** Absent until the container was initialised. */
  OCIConfigPath: t.optional(t.string()),
  OCIRuntime: t.string(),
  Path: t.string(),
  PidFile: t.string(),
  Pod: t.string(),
  ProcessLabel: t.string(),
  ResolvConfPath: t.string(),
  RestartCount: t.integer(),
  Rootfs: t.string(),
  SizeRootFs: t.optional(t.integer()),
  SizeRw: t.optional(t.integer()),
  State: InspectContainerState,
  StaticDir: t.string(),
  UseImageHostname: t.boolean(),
  UseImageHosts: t.boolean(),
  lockNumber: t.unsigned(),
});
export type ContainerInspect = t.Static<typeof ContainerInspect>;

/** As clients of versions before 5 read it. */
export const ContainerInspectV4 = t.extend(
  ContainerInspect,
  t.object({
    Config: t.extend(InspectContainerConfig, t.object({ Entrypoint: t.string(), StopSignal: t.integer() })),
  }),
);
export type ContainerInspectV4 = t.Static<typeof ContainerInspectV4>;
