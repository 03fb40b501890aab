import * as t from '../../schema.ts';

export const ThrottleDevice = t.partial({ Path: t.string(), Rate: t.unsigned() });
export type ThrottleDevice = t.Static<typeof ThrottleDevice>;

export const WeightDevice = t.partial({ Path: t.string(), Weight: t.unsigned() });
export type WeightDevice = t.Static<typeof WeightDevice>;

export const Ulimit = t.partial({ Name: t.string(), Soft: t.integer(), Hard: t.integer() });
export type Ulimit = t.Static<typeof Ulimit>;

export const DeviceMapping = t.partial({
  PathOnHost: t.string(),
  PathInContainer: t.string(),
  CgroupPermissions: t.string(),
});
export type DeviceMapping = t.Static<typeof DeviceMapping>;

export const DeviceRequest = t.partial({
  Driver: t.string(),
  Count: t.integer(),
  DeviceIDs: t.array(t.string()),
  Capabilities: t.array(t.array(t.string())),
  Options: t.record(t.string()),
});
export type DeviceRequest = t.Static<typeof DeviceRequest>;

export const PortBinding = t.partial({ HostIp: t.string(), HostPort: t.string() });
export type PortBinding = t.Static<typeof PortBinding>;

/** By `80/tcp`. */
export const PortMap = t.record(t.array(PortBinding));
export type PortMap = t.Static<typeof PortMap>;

export const RestartPolicy = t.partial({ Name: t.string(), MaximumRetryCount: t.integer() });
export type RestartPolicy = t.Static<typeof RestartPolicy>;

export const MountType = t.choice(['bind', 'cluster', 'image', 'npipe', 'tmpfs', 'volume']);
export type MountType = t.Static<typeof MountType>;

export const Mount = t.partial({
  Target: t.string(),
  Source: t.string(),
  Type: MountType,
  ReadOnly: t.boolean(),
  Consistency: t.string(),
  BindOptions: t.partial({
    Propagation: t.string(),
    NonRecursive: t.boolean(),
    CreateMountpoint: t.boolean(),
    ReadOnlyNonRecursive: t.boolean(),
    ReadOnlyForceRecursive: t.boolean(),
  }),
  VolumeOptions: t.partial({
    NoCopy: t.boolean(),
    Labels: t.record(t.string()),
    DriverConfig: t.partial({ Name: t.string(), Options: t.record(t.string()) }),
    Subpath: t.string(),
  }),
  ImageOptions: t.partial({ Subpath: t.string() }),
  TmpfsOptions: t.partial({ SizeBytes: t.integer(), Mode: t.integer(), Options: t.array(t.array(t.string())) }),
});
export type Mount = t.Static<typeof Mount>;

/** What `update` may change of a container, and part of HostConfig. */
export const Resources = t.partial({
  CpuShares: t.integer(),
  Memory: t.integer(),
  CgroupParent: t.string(),
  BlkioWeight: t.integer({ minimum: 0, maximum: 1000 }),
  BlkioWeightDevice: t.array(WeightDevice),
  BlkioDeviceReadBps: t.array(ThrottleDevice),
  BlkioDeviceWriteBps: t.array(ThrottleDevice),
  BlkioDeviceReadIOps: t.array(ThrottleDevice),
  BlkioDeviceWriteIOps: t.array(ThrottleDevice),
  CpuPeriod: t.integer(),
  CpuQuota: t.integer(),
  CpuRealtimePeriod: t.integer(),
  CpuRealtimeRuntime: t.integer(),
  CpusetCpus: t.string(),
  CpusetMems: t.string(),
  Devices: t.array(DeviceMapping),
  DeviceCgroupRules: t.array(t.string()),
  DeviceRequests: t.array(DeviceRequest),
  MemoryReservation: t.integer(),
  MemorySwap: t.integer(),
  /** -1: the host's default, which is what the docker CLI sends. */
  MemorySwappiness: t.integer({ minimum: -1, maximum: 100 }),
  NanoCpus: t.integer(),
  OomKillDisable: t.boolean(),
  Init: t.boolean(),
  PidsLimit: t.integer(),
  Ulimits: t.array(Ulimit),
  CpuCount: t.integer(),
  CpuPercent: t.integer(),
  IOMaximumIOps: t.integer(),
  IOMaximumBandwidth: t.integer(),
});
export type Resources = t.Static<typeof Resources>;

/** What a container asks of its host. */
export const HostConfig = t.extend(
  Resources,
  t.partial({
    Binds: t.array(t.string()),
    ContainerIDFile: t.string(),
    LogConfig: t.partial({ Type: t.string(), Config: t.record(t.string()) }),
    NetworkMode: t.string(),
    PortBindings: PortMap,
    RestartPolicy: RestartPolicy,
    AutoRemove: t.boolean(),
    VolumeDriver: t.string(),
    VolumesFrom: t.array(t.string()),
    Mounts: t.array(Mount),
    ConsoleSize: t.array(t.unsigned()),
    Annotations: t.record(t.string()),
    CapAdd: t.array(t.string()),
    CapDrop: t.array(t.string()),
    CgroupnsMode: t.string(),
    Dns: t.array(t.string()),
    DnsOptions: t.array(t.string()),
    DnsSearch: t.array(t.string()),
    ExtraHosts: t.array(t.string()),
    GroupAdd: t.array(t.string()),
    IpcMode: t.string(),
    Cgroup: t.string(),
    Links: t.array(t.string()),
    OomScoreAdj: t.integer(),
    PidMode: t.string(),
    Privileged: t.boolean(),
    PublishAllPorts: t.boolean(),
    ReadonlyRootfs: t.boolean(),
    SecurityOpt: t.array(t.string()),
    StorageOpt: t.record(t.string()),
    Tmpfs: t.record(t.string()),
    UTSMode: t.string(),
    UsernsMode: t.string(),
    ShmSize: t.unsigned(),
    Sysctls: t.record(t.string()),
    Runtime: t.string(),
    Isolation: t.string(),
    MaskedPaths: t.array(t.string()),
    ReadonlyPaths: t.array(t.string()),
  }),
);
export type HostConfig = t.Static<typeof HostConfig>;
