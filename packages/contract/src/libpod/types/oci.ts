import * as t from '../../schema.ts';

export const LinuxThrottleDevice = t.partial({ major: t.integer(), minor: t.integer(), rate: t.unsigned() });
export type LinuxThrottleDevice = t.Static<typeof LinuxThrottleDevice>;

export const LinuxWeightDevice = t.partial({
  leafWeight: t.unsigned(),
  major: t.integer(),
  minor: t.integer(),
  weight: t.unsigned(),
});
export type LinuxWeightDevice = t.Static<typeof LinuxWeightDevice>;

export const LinuxBlockIO = t.partial({
  leafWeight: t.unsigned(),
  throttleReadBpsDevice: t.array(LinuxThrottleDevice),
  throttleReadIOPSDevice: t.array(LinuxThrottleDevice),
  throttleWriteBpsDevice: t.array(LinuxThrottleDevice),
  throttleWriteIOPSDevice: t.array(LinuxThrottleDevice),
  weight: t.unsigned(),
  weightDevice: t.array(LinuxWeightDevice),
});
export type LinuxBlockIO = t.Static<typeof LinuxBlockIO>;

export const LinuxCPU = t.partial({
  burst: t.unsigned(),
  cpus: t.string(),
  idle: t.integer(),
  mems: t.string(),
  period: t.unsigned(),
  quota: t.integer(),
  realtimePeriod: t.unsigned(),
  realtimeRuntime: t.integer(),
  shares: t.unsigned(),
});
export type LinuxCPU = t.Static<typeof LinuxCPU>;

export const LinuxDeviceCgroup = t.partial({
  access: t.string(),
  allow: t.boolean(),
  major: t.integer(),
  minor: t.integer(),
  type: t.string(),
});
export type LinuxDeviceCgroup = t.Static<typeof LinuxDeviceCgroup>;

export const LinuxHugepageLimit = t.partial({ limit: t.unsigned(), pageSize: t.string() });
export type LinuxHugepageLimit = t.Static<typeof LinuxHugepageLimit>;

export const LinuxMemory = t.partial({
  checkBeforeUpdate: t.boolean(),
  disableOOMKiller: t.boolean(),
  kernel: t.integer(),
  kernelTCP: t.integer(),
  limit: t.integer(),
  reservation: t.integer(),
  swap: t.integer(),
  swappiness: t.unsigned(),
  useHierarchy: t.boolean(),
});
export type LinuxMemory = t.Static<typeof LinuxMemory>;

export const LinuxInterfacePriority = t.partial({ name: t.string(), priority: t.unsigned() });
export type LinuxInterfacePriority = t.Static<typeof LinuxInterfacePriority>;

export const LinuxNetwork = t.partial({ classID: t.unsigned(), priorities: t.array(LinuxInterfacePriority) });
export type LinuxNetwork = t.Static<typeof LinuxNetwork>;

export const LinuxPids = t.partial({ limit: t.integer() });
export type LinuxPids = t.Static<typeof LinuxPids>;

export const LinuxRdma = t.partial({ hcaHandles: t.unsigned(), hcaObjects: t.unsigned() });
export type LinuxRdma = t.Static<typeof LinuxRdma>;

export const LinuxResources = t.partial({
  blockIO: LinuxBlockIO,
  cpu: LinuxCPU,
  devices: t.array(LinuxDeviceCgroup),
  hugepageLimits: t.array(LinuxHugepageLimit),
  memory: LinuxMemory,
  network: LinuxNetwork,
  pids: LinuxPids,
  rdma: t.record(LinuxRdma),
  unified: t.record(t.string()),
});
export type LinuxResources = t.Static<typeof LinuxResources>;

export const LinuxDevice = t.partial({
  fileMode: t.unsigned(),
  gid: t.unsigned(),
  major: t.integer(),
  minor: t.integer(),
  path: t.string(),
  type: t.string(),
  uid: t.unsigned(),
});
export type LinuxDevice = t.Static<typeof LinuxDevice>;

/** -1 is without limit. */
export const POSIXRlimit = t.partial({
  hard: t.integer({ minimum: -1 }),
  soft: t.integer({ minimum: -1 }),
  type: t.string(),
});
export type POSIXRlimit = t.Static<typeof POSIXRlimit>;

export const LinuxIDMapping = t.partial({ containerID: t.unsigned(), hostID: t.unsigned(), size: t.unsigned() });
export type LinuxIDMapping = t.Static<typeof LinuxIDMapping>;

export const SpecMount = t.partial({
  destination: t.string(),
  type: t.string(),
  source: t.string(),
  options: t.array(t.string()),
  uidMappings: t.array(LinuxIDMapping),
  gidMappings: t.array(LinuxIDMapping),
});
export type SpecMount = t.Static<typeof SpecMount>;
