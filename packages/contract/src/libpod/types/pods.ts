import * as t from '../../schema.ts';
import {
  InspectBlkioThrottleDevice,
  InspectBlkioWeightDevice,
  InspectDevice,
  InspectHostPort,
  InspectMount,
} from './container-inspect.ts';

export const ListPodContainer = t.object({
  Id: t.string(),
  Names: t.string(),
  RestartCount: t.unsigned(),
  Status: t.string(),
});
export type ListPodContainer = t.Static<typeof ListPodContainer>;

export const PodSummary = t.object({
  Cgroup: t.string(),
  Containers: t.array(ListPodContainer),
  Created: t.string(),
  Id: t.string(),
  InfraId: t.string(),
  Labels: t.nullable(t.record(t.string())),
  Name: t.string(),
  Namespace: t.string(),
  Networks: t.array(t.string()),
  Status: t.string(),
});
export type PodSummary = t.Static<typeof PodSummary>;

export const InspectPodContainerInfo = t.object({ Id: t.string(), Name: t.string(), State: t.string() });
export type InspectPodContainerInfo = t.Static<typeof InspectPodContainerInfo>;

export const InspectPodInfraConfig = t.object({
  DNSOption: t.nullable(t.array(t.string())),
  DNSSearch: t.nullable(t.array(t.string())),
  DNSServer: t.nullable(t.array(t.string())),
  HostAdd: t.nullable(t.array(t.string())),
  HostNetwork: t.boolean(),
  HostsFile: t.string(),
  NetworkOptions: t.optional(t.nullable(t.record(t.array(t.string())))),
  Networks: t.nullable(t.array(t.string())),
  NoManageHostname: t.boolean(),
  NoManageHosts: t.boolean(),
  NoManageResolvConf: t.boolean(),
  PortBindings: t.nullable(t.record(t.array(InspectHostPort))),
  StaticIP: t.string(),
  StaticMAC: t.string(),
  cpu_period: t.optional(t.unsigned()),
  cpu_quota: t.optional(t.integer()),
  cpuset_cpus: t.optional(t.string()),
  pid_ns: t.optional(t.string()),
  userns: t.optional(t.string()),
  uts_ns: t.optional(t.string()),
});
export type InspectPodInfraConfig = t.Static<typeof InspectPodInfraConfig>;

export const PodInspect = t.object({
  CgroupParent: t.string(),
  CgroupPath: t.string(),
  Containers: t.array(InspectPodContainerInfo),
  CreateCgroup: t.boolean(),
  CreateCommand: t.optional(t.array(t.string())),
  CreateInfra: t.boolean(),
  Created: t.string(),
  ExitPolicy: t.string(),
  Hostname: t.string(),
  Id: t.string(),
  InfraConfig: t.optional(InspectPodInfraConfig),
  InfraContainerID: t.optional(t.string()),
  Labels: t.optional(t.record(t.string())),
  LockNumber: t.unsigned(),
  Name: t.string(),
  Namespace: t.optional(t.string()),
  NumContainers: t.unsigned(),
  RestartPolicy: t.optional(t.string()),
  SharedNamespaces: t.optional(t.array(t.string())),
  State: t.string(),
  blkio_weight: t.optional(t.unsigned()),
  blkio_weight_device: t.optional(t.array(InspectBlkioWeightDevice)),
  cpu_period: t.optional(t.unsigned()),
  cpu_quota: t.optional(t.integer()),
  cpu_shares: t.optional(t.unsigned()),
  cpuset_cpus: t.optional(t.string()),
  cpuset_mems: t.optional(t.string()),
  device_read_bps: t.optional(t.array(InspectBlkioThrottleDevice)),
  device_write_bps: t.optional(t.array(InspectBlkioThrottleDevice)),
  devices: t.optional(t.array(InspectDevice)),
  memory_limit: t.optional(t.unsigned()),
  memory_swap: t.optional(t.unsigned()),
  mounts: t.optional(t.array(InspectMount)),
  security_opt: t.optional(t.array(t.string())),
  volumes_from: t.optional(t.array(t.string())),
});
export type PodInspect = t.Static<typeof PodInspect>;

export const PodStatsReport = t.object({
  BlockIO: t.string(),
  CID: t.string(),
  CPU: t.string(),
  Mem: t.string(),
  MemUsage: t.string(),
  MemUsageBytes: t.string(),
  Name: t.string(),
  NetIO: t.string(),
  PIDS: t.string(),
  Pod: t.string(),
});
export type PodStatsReport = t.Static<typeof PodStatsReport>;

export const PodReport = t.object({ Id: t.string(), Errs: t.nullable(t.array(t.string())) });
export type PodReport = t.Static<typeof PodReport>;

export const PodStartReport = t.object({ Id: t.string(), Errs: t.nullable(t.array(t.string())), RawInput: t.string() });
export type PodStartReport = t.Static<typeof PodStartReport>;

export const PodRmReport = t.object({
  Err: t.nullable(t.string()),
  Id: t.string(),
  RemovedCtrs: t.optional(t.nullable(t.record(t.nullable(t.string())))),
});
export type PodRmReport = t.Static<typeof PodRmReport>;

export const PodPruneReport = t.object({ Err: t.nullable(t.string()), Id: t.string() });
export type PodPruneReport = t.Static<typeof PodPruneReport>;
