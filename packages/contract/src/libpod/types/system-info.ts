import * as t from '../../schema.ts';
import { IDMap } from './spec-generator.ts';

export const ConmonInfo = t.object({ package: t.string(), path: t.string(), version: t.string() });
export type ConmonInfo = t.Static<typeof ConmonInfo>;

export const CPUUsage = t.object({ idlePercent: t.number(), systemPercent: t.number(), userPercent: t.number() });
export type CPUUsage = t.Static<typeof CPUUsage>;

export const DistributionInfo = t.object({
  codename: t.string(),
  distribution: t.string(),
  variant: t.optional(t.string()),
  version: t.string(),
});
export type DistributionInfo = t.Static<typeof DistributionInfo>;

export const IDMappings = t.object({ gidmap: t.nullable(t.array(IDMap)), uidmap: t.nullable(t.array(IDMap)) });
export type IDMappings = t.Static<typeof IDMappings>;

export const DNSNetworkInfo = t.object({ package: t.string(), path: t.string(), version: t.string() });
export type DNSNetworkInfo = t.Static<typeof DNSNetworkInfo>;

export const NetworkInfo = t.object({
  backend: t.string(),
  defaultNetwork: t.optional(t.string()),
  dns: DNSNetworkInfo,
  package: t.string(),
  path: t.string(),
  version: t.string(),
});
export type NetworkInfo = t.Static<typeof NetworkInfo>;

export const OCIRuntimeInfo = t.object({
  name: t.string(),
  package: t.string(),
  path: t.string(),
  version: t.string(),
});
export type OCIRuntimeInfo = t.Static<typeof OCIRuntimeInfo>;

export const PastaInfo = t.object({ executable: t.string(), package: t.string(), version: t.string() });
export type PastaInfo = t.Static<typeof PastaInfo>;

export const RemoteSocket = t.object({ exists: t.boolean(), path: t.string() });
export type RemoteSocket = t.Static<typeof RemoteSocket>;

export const SecurityInfo = t.object({
  apparmorEnabled: t.boolean(),
  capabilities: t.string(),
  rootless: t.boolean(),
  seccompEnabled: t.boolean(),
  seccompProfilePath: t.string(),
  selinuxEnabled: t.boolean(),
});
export type SecurityInfo = t.Static<typeof SecurityInfo>;

export const SlirpInfo = t.object({ executable: t.string(), package: t.string(), version: t.string() });
export type SlirpInfo = t.Static<typeof SlirpInfo>;

export const HostInfo = t.object({
  arch: t.string(),
  buildahVersion: t.string(),
  cgroupControllers: t.array(t.string()),
  cgroupManager: t.string(),
  cgroupVersion: t.string(),
  conmon: t.optional(ConmonInfo),
  cpuUtilization: t.optional(CPUUsage),
  cpus: t.integer(),
  databaseBackend: t.string(),
  distribution: DistributionInfo,
  emulatedArchitectures: t.optional(t.array(t.string())),
  eventLogger: t.string(),
  freeLocks: t.unsigned(),
  hostname: t.string(),
  idMappings: t.optional(IDMappings),
  kernel: t.string(),
  linkmode: t.string(),
  logDriver: t.string(),
  memFree: t.integer(),
  memTotal: t.integer(),
  networkBackend: t.string(),
  networkBackendInfo: NetworkInfo,
  ociRuntime: t.optional(OCIRuntimeInfo),
  os: t.string(),
  pasta: t.optional(PastaInfo),
  remoteSocket: RemoteSocket,
  rootlessNetworkCmd: t.string(),
  runtimeInfo: t.optional(t.record(t.unknown())),
  security: SecurityInfo,
  serviceIsRemote: t.boolean(),
  slirp4netns: t.optional(SlirpInfo),
  swapFree: t.integer(),
  swapTotal: t.integer(),
  uptime: t.string(),
  variant: t.string(),
});
export type HostInfo = t.Static<typeof HostInfo>;

export const Plugins = t.object({
  authorization: t.nullable(t.array(t.string())),
  log: t.array(t.string()),
  network: t.array(t.string()),
  volume: t.array(t.string()),
});
export type Plugins = t.Static<typeof Plugins>;

export const ContainerStore = t.object({
  number: t.integer(),
  paused: t.integer(),
  running: t.integer(),
  stopped: t.integer(),
});
export type ContainerStore = t.Static<typeof ContainerStore>;

export const ImageStore = t.object({ number: t.integer() });
export type ImageStore = t.Static<typeof ImageStore>;

export const StoreInfo = t.object({
  configFile: t.string(),
  containerStore: ContainerStore,
  graphDriverName: t.string(),
  graphOptions: t.record(t.unknown()),
  graphRoot: t.string(),
  graphRootAllocated: t.unsigned(),
  graphRootUsed: t.unsigned(),
  graphStatus: t.record(t.string()),
  imageCopyTmpDir: t.string(),
  imageStore: ImageStore,
  runRoot: t.string(),
  transientStore: t.boolean(),
  volumePath: t.string(),
});
export type StoreInfo = t.Static<typeof StoreInfo>;

export const VersionInfo = t.object({
  APIVersion: t.string(),
  Version: t.string(),
  GoVersion: t.string(),
  GitCommit: t.string(),
  BuiltTime: t.string(),
  Built: t.integer(),
  BuildOrigin: t.optional(t.string()),
  OsArch: t.string(),
  Os: t.string(),
});
export type VersionInfo = t.Static<typeof VersionInfo>;

export const SystemInfo = t.object({
  host: HostInfo,
  plugins: Plugins,
  registries: t.record(t.unknown()),
  store: StoreInfo,
  version: VersionInfo,
});
export type SystemInfo = t.Static<typeof SystemInfo>;
