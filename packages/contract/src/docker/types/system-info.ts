import * as t from '../../schema.ts';
import { ObjectVersion } from './volumes.ts';

export const PluginsInfo = t.object({
  Volume: t.array(t.string()),
  Network: t.array(t.string()),
  Authorization: t.nullable(t.array(t.string())),
  Log: t.array(t.string()),
});
export type PluginsInfo = t.Static<typeof PluginsInfo>;

export const IndexInfo = t.object({
  Name: t.string(),
  Mirrors: t.array(t.string()),
  Secure: t.boolean(),
  Official: t.boolean(),
});
export type IndexInfo = t.Static<typeof IndexInfo>;

export const RegistryServiceConfig = t.object({
  InsecureRegistryCIDRs: t.array(t.string()),
  IndexConfigs: t.record(IndexInfo),
  Mirrors: t.nullable(t.array(t.string())),
  AllowNondistributableArtifactsCIDRs: t.optional(t.nullable(t.array(t.string()))),
  AllowNondistributableArtifactsHostnames: t.optional(t.nullable(t.array(t.string()))),
});
export type RegistryServiceConfig = t.Static<typeof RegistryServiceConfig>;

export const Runtime = t.object({
  path: t.string(),
  runtimeArgs: t.optional(t.array(t.string())),
  status: t.optional(t.record(t.string())),
});
export type Runtime = t.Static<typeof Runtime>;

export const LocalNodeState = t.choice(['', 'inactive', 'pending', 'active', 'error', 'locked']);
export type LocalNodeState = t.Static<typeof LocalNodeState>;

export const PeerNode = t.object({ NodeID: t.string(), Addr: t.string() });
export type PeerNode = t.Static<typeof PeerNode>;

export const SwarmSpec = t.partial({
  Name: t.string(),
  Labels: t.record(t.string()),
  Orchestration: t.partial({ TaskHistoryRetentionLimit: t.integer() }),
  Raft: t.partial({
    SnapshotInterval: t.unsigned(),
    KeepOldSnapshots: t.unsigned(),
    LogEntriesForSlowFollowers: t.unsigned(),
    ElectionTick: t.integer(),
    HeartbeatTick: t.integer(),
  }),
  Dispatcher: t.partial({ HeartbeatPeriod: t.integer() }),
  CAConfig: t.partial({
    NodeCertExpiry: t.integer(),
    ExternalCAs: t.array(
      t.partial({ Protocol: t.string(), URL: t.string(), Options: t.record(t.string()), CACert: t.string() }),
    ),
    SigningCACert: t.string(),
    SigningCAKey: t.string(),
    ForceRotate: t.unsigned(),
  }),
  EncryptionConfig: t.partial({ AutoLockManagers: t.boolean() }),
  TaskDefaults: t.partial({ LogDriver: t.partial({ Name: t.string(), Options: t.record(t.string()) }) }),
});
export type SwarmSpec = t.Static<typeof SwarmSpec>;

export const TLSInfo = t.object({
  TrustRoot: t.optional(t.string()),
  CertIssuerSubject: t.optional(t.string()),
  CertIssuerPublicKey: t.optional(t.string()),
});
export type TLSInfo = t.Static<typeof TLSInfo>;

export const ClusterInfo = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(SwarmSpec),
  TLSInfo: t.optional(TLSInfo),
  RootRotationInProgress: t.optional(t.boolean()),
  DataPathPort: t.optional(t.unsigned()),
  DefaultAddrPool: t.optional(t.nullable(t.array(t.string()))),
  SubnetSize: t.optional(t.integer({ minimum: 0, maximum: 29 })),
});
export type ClusterInfo = t.Static<typeof ClusterInfo>;

export const SwarmInfo = t.object({
  NodeID: t.string(),
  NodeAddr: t.string(),
  LocalNodeState: LocalNodeState,
  ControlAvailable: t.boolean(),
  Error: t.string(),
  RemoteManagers: t.nullable(t.array(PeerNode)),
  Nodes: t.optional(t.integer()),
  Managers: t.optional(t.integer()),
  Cluster: t.optional(ClusterInfo),
});
export type SwarmInfo = t.Static<typeof SwarmInfo>;

export const Commit = t.object({ ID: t.string(), Expected: t.optional(t.string()) });
export type Commit = t.Static<typeof Commit>;

export const FirewallInfo = t.object({ Driver: t.string(), Info: t.optional(t.array(t.array(t.string()))) });
export type FirewallInfo = t.Static<typeof FirewallInfo>;

export const DeviceInfo = t.object({ Source: t.string(), ID: t.string() });
export type DeviceInfo = t.Static<typeof DeviceInfo>;

export const NRIInfo = t.object({ Info: t.optional(t.array(t.array(t.string()))) });
export type NRIInfo = t.Static<typeof NRIInfo>;

export const ContainerdInfo = t.object({
  Address: t.string(),
  Namespaces: t.object({ Containers: t.optional(t.string()), Plugins: t.optional(t.string()) }),
});
export type ContainerdInfo = t.Static<typeof ContainerdInfo>;

export const SystemInfo = t.object({
  ID: t.string(),
  Containers: t.integer(),
  ContainersRunning: t.integer(),
  ContainersPaused: t.integer(),
  ContainersStopped: t.integer(),
  Images: t.integer(),
  Driver: t.string(),
  DriverStatus: t.array(t.array(t.string())),
  DockerRootDir: t.string(),
  Plugins: PluginsInfo,
  MemoryLimit: t.boolean(),
  SwapLimit: t.boolean(),
  CpuCfsPeriod: t.boolean(),
  CpuCfsQuota: t.boolean(),
  CPUShares: t.boolean(),
  CPUSet: t.boolean(),
  PidsLimit: t.boolean(),
  OomKillDisable: t.boolean(),
  IPv4Forwarding: t.boolean(),
  Debug: t.boolean(),
  NFd: t.integer(),
  NGoroutines: t.integer(),
  SystemTime: t.string(),
  LoggingDriver: t.string(),
  CgroupDriver: t.choice(['cgroupfs', 'systemd', 'none']),
  CgroupVersion: t.choice(['1', '2']),
  NEventsListener: t.integer(),
  KernelVersion: t.string(),
  OperatingSystem: t.string(),
  OSVersion: t.string(),
  OSType: t.string(),
  Architecture: t.string(),
  NCPU: t.integer(),
  MemTotal: t.integer(),
  IndexServerAddress: t.string(),
  RegistryConfig: RegistryServiceConfig,
  GenericResources: t.nullable(
    t.array(
      t.object({
        NamedResourceSpec: t.optional(t.object({ Kind: t.optional(t.string()), Value: t.optional(t.string()) })),
        DiscreteResourceSpec: t.optional(t.object({ Kind: t.optional(t.string()), Value: t.optional(t.integer()) })),
      }),
    ),
  ),
  HttpProxy: t.string(),
  HttpsProxy: t.string(),
  NoProxy: t.string(),
  Name: t.string(),
  Labels: t.array(t.string()),
  ExperimentalBuild: t.boolean(),
  ServerVersion: t.string(),
  Runtimes: t.record(Runtime),
  DefaultRuntime: t.string(),
  Swarm: SwarmInfo,
  LiveRestoreEnabled: t.boolean(),
  Isolation: t.choice(['default', 'hyperv', 'process', '']),
  InitBinary: t.string(),
  ContainerdCommit: Commit,
  RuncCommit: Commit,
  InitCommit: Commit,
  SecurityOptions: t.array(t.string()),
  ProductLicense: t.optional(t.string()),
  DefaultAddressPools: t.optional(t.array(t.object({ Base: t.optional(t.string()), Size: t.optional(t.integer()) }))),
  FirewallBackend: t.optional(FirewallInfo),
  DiscoveredDevices: t.optional(t.array(DeviceInfo)),
  NRI: t.optional(NRIInfo),
  Warnings: t.nullable(t.array(t.string())),
  CDISpecDirs: t.optional(t.array(t.string())),
  Containerd: t.optional(ContainerdInfo),
  BridgeNfIptables: t.optional(t.boolean()),
  BridgeNfIp6tables: t.optional(t.boolean()),
  KernelMemoryTCP: t.optional(t.boolean()),
});
export type SystemInfo = t.Static<typeof SystemInfo>;
