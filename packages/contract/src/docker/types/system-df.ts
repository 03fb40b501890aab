import * as t from '../../schema.ts';
import { ContainerSummary } from './container-list.ts';
import { ImageSummary } from './image-list.ts';
import { Volume } from './volumes.ts';

export const ImagesDiskUsage = t.object({
  ActiveCount: t.integer(),
  TotalCount: t.integer(),
  Reclaimable: t.integer(),
  TotalSize: t.integer(),
  Items: t.optional(t.array(ImageSummary)),
});
export type ImagesDiskUsage = t.Static<typeof ImagesDiskUsage>;

export const ContainersDiskUsage = t.object({
  ActiveCount: t.integer(),
  TotalCount: t.integer(),
  Reclaimable: t.integer(),
  TotalSize: t.integer(),
  Items: t.optional(t.array(ContainerSummary)),
});
export type ContainersDiskUsage = t.Static<typeof ContainersDiskUsage>;

export const VolumesDiskUsage = t.object({
  ActiveCount: t.integer(),
  TotalCount: t.integer(),
  Reclaimable: t.integer(),
  TotalSize: t.integer(),
  Items: t.optional(t.array(Volume)),
});
export type VolumesDiskUsage = t.Static<typeof VolumesDiskUsage>;

export const BuildCache = t.object({
  ID: t.string(),
  Parents: t.optional(t.array(t.string())),
  Type: t.string(),
  Description: t.string(),
  InUse: t.boolean(),
  Shared: t.boolean(),
  Size: t.integer(),
  CreatedAt: t.string(),
  LastUsedAt: t.optional(t.nullable(t.string())),
  UsageCount: t.integer(),
});
export type BuildCache = t.Static<typeof BuildCache>;

export const BuildCacheDiskUsage = t.object({
  ActiveCount: t.integer(),
  TotalCount: t.integer(),
  Reclaimable: t.integer(),
  TotalSize: t.integer(),
  Items: t.optional(t.array(BuildCache)),
});
export type BuildCacheDiskUsage = t.Static<typeof BuildCacheDiskUsage>;

export const SystemDf = t.object({
  ImageUsage: t.optional(ImagesDiskUsage),
  ContainerUsage: t.optional(ContainersDiskUsage),
  VolumeUsage: t.optional(VolumesDiskUsage),
  BuildCacheUsage: t.optional(BuildCacheDiskUsage),
  LayersSize: t.optional(t.integer()),
  Images: t.optional(t.nullable(t.array(ImageSummary))),
  Containers: t.optional(t.nullable(t.array(ContainerSummary))),
  Volumes: t.optional(t.nullable(t.array(Volume))),
  BuildCache: t.optional(t.nullable(t.array(BuildCache))),
  BuilderSize: t.optional(t.integer()),
});
export type SystemDf = t.Static<typeof SystemDf>;
