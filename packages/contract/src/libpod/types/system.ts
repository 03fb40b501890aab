import * as t from '../../schema.ts';
import { PruneReport } from './common.ts';
import { NetworkPruneReport } from './networks.ts';
import { PodPruneReport } from './pods.ts';

export const ComponentVersion = t.object({ Details: t.record(t.string()), Name: t.string(), Version: t.string() });
export type ComponentVersion = t.Static<typeof ComponentVersion>;

export const SystemVersion = t.object({
  ApiVersion: t.string(),
  Arch: t.string(),
  BuildTime: t.string(),
  Components: t.array(ComponentVersion),
  Experimental: t.optional(t.boolean()),
  GitCommit: t.string(),
  GoVersion: t.string(),
  KernelVersion: t.string(),
  MinAPIVersion: t.string(),
  Os: t.string(),
  Platform: t.object({ Name: t.string() }),
  Version: t.string(),
});
export type SystemVersion = t.Static<typeof SystemVersion>;

export const SystemDfContainerReport = t.object({
  Command: t.array(t.string()),
  ContainerID: t.string(),
  Created: t.string(),
  Image: t.string(),
  LocalVolumes: t.integer(),
  Names: t.string(),
  RWSize: t.integer(),
  Size: t.integer(),
  Status: t.string(),
});
export type SystemDfContainerReport = t.Static<typeof SystemDfContainerReport>;

export const SystemDfImageReport = t.object({
  Containers: t.integer(),
  Created: t.string(),
  ImageID: t.string(),
  Repository: t.string(),
  SharedSize: t.integer(),
  Size: t.integer(),
  Tag: t.string(),
  UniqueSize: t.integer(),
});
export type SystemDfImageReport = t.Static<typeof SystemDfImageReport>;

export const SystemDfVolumeReport = t.object({
  Links: t.integer(),
  ReclaimableSize: t.integer(),
  Size: t.integer(),
  VolumeName: t.string(),
});
export type SystemDfVolumeReport = t.Static<typeof SystemDfVolumeReport>;

export const SystemDfReport = t.object({
  Containers: t.array(SystemDfContainerReport),
  Images: t.array(SystemDfImageReport),
  ImagesSize: t.integer(),
  Volumes: t.array(SystemDfVolumeReport),
});
export type SystemDfReport = t.Static<typeof SystemDfReport>;

export const SystemPruneReport = t.object({
  ContainerPruneReports: t.nullable(t.array(PruneReport)),
  ImagePruneReports: t.nullable(t.array(PruneReport)),
  NetworkPruneReports: t.nullable(t.array(NetworkPruneReport)),
  PodPruneReport: t.nullable(t.array(PodPruneReport)),
  ReclaimedSpace: t.unsigned(),
  VolumePruneReports: t.nullable(t.array(PruneReport)),
});
export type SystemPruneReport = t.Static<typeof SystemPruneReport>;

export const SystemCheckReport = t.object({
  Containers: t.nullable(t.record(t.array(t.string()))),
  Errors: t.boolean(),
  Images: t.nullable(t.record(t.array(t.string()))),
  Layers: t.nullable(t.record(t.array(t.string()))),
  ROImages: t.optional(t.nullable(t.record(t.array(t.string())))),
  ROLayers: t.optional(t.nullable(t.record(t.array(t.string())))),
  RemovedContainers: t.nullable(t.record(t.string())),
  RemovedImages: t.nullable(t.record(t.array(t.string()))),
  RemovedLayers: t.nullable(t.array(t.string())),
});
export type SystemCheckReport = t.Static<typeof SystemCheckReport>;

export const Event = t.object({
  status: t.optional(t.string()),
  id: t.optional(t.string()),
  from: t.optional(t.string()),
  Type: t.string(),
  Action: t.string(),
  Actor: t.object({ ID: t.string(), Attributes: t.record(t.string()) }),
  scope: t.string(),
  time: t.integer(),
  timeNano: t.integer(),
  HealthStatus: t.optional(t.string()),
});
export type Event = t.Static<typeof Event>;
