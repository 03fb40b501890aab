import * as t from '../../schema.ts';
import { DriverData } from './container-inspect.ts';
import { HealthConfig } from './spec-generator.ts';

export const ImageSummary = t.object({
  Arch: t.optional(t.string()),
  Containers: t.integer(),
  Created: t.integer(),
  Dangling: t.optional(t.boolean()),
  Digest: t.optional(t.string()),
  History: t.optional(t.array(t.string())),
  Id: t.string(),
  IsManifestList: t.boolean(),
  Labels: t.nullable(t.record(t.string())),
  Names: t.optional(t.array(t.string())),
  Os: t.optional(t.string()),
  ParentId: t.string(),
  ReadOnly: t.optional(t.boolean()),
  RepoDigests: t.array(t.string()),
  RepoTags: t.array(t.string()),
  SharedSize: t.integer(),
  Size: t.integer(),
  VirtualSize: t.integer(),
});
export type ImageSummary = t.Static<typeof ImageSummary>;

export const ImageConfig = t.object({
  ArgsEscaped: t.optional(t.boolean()),
  Cmd: t.optional(t.nullable(t.array(t.string()))),
  Entrypoint: t.optional(t.array(t.string())),
  Env: t.optional(t.array(t.string())),
  ExposedPorts: t.optional(t.record(t.object({}))),
  Labels: t.optional(t.record(t.string())),
  StopSignal: t.optional(t.string()),
  User: t.optional(t.string()),
  Volumes: t.optional(t.record(t.object({}))),
  WorkingDir: t.optional(t.string()),
});
export type ImageConfig = t.Static<typeof ImageConfig>;

export const History = t.object({
  author: t.optional(t.string()),
  comment: t.optional(t.string()),
  created: t.optional(t.string()),
  created_by: t.optional(t.string()),
  empty_layer: t.optional(t.boolean()),
});
export type History = t.Static<typeof History>;

export const RootFS = t.object({ Layers: t.array(t.string()), Type: t.string() });
export type RootFS = t.Static<typeof RootFS>;

export const ImageInspect = t.object({
  Annotations: t.optional(t.nullable(t.record(t.string()))),
  Architecture: t.string(),
  Author: t.string(),
  Comment: t.string(),
  Config: ImageConfig,
  Created: t.string(),
  Digest: t.string(),
  GraphDriver: DriverData,
  Healthcheck: t.optional(HealthConfig),
  History: t.optional(t.nullable(t.array(History))),
  Id: t.string(),
  Labels: t.nullable(t.record(t.string())),
  ManifestType: t.string(),
  NamesHistory: t.optional(t.nullable(t.array(t.string()))),
  Os: t.string(),
  Parent: t.string(),
  RepoDigests: t.array(t.string()),
  RepoTags: t.array(t.string()),
  RootFS: RootFS,
  Size: t.integer(),
  User: t.optional(t.string()),
  Version: t.string(),
  VirtualSize: t.integer(),
});
export type ImageInspect = t.Static<typeof ImageInspect>;

export const ImageHistoryItem = t.object({
  Comment: t.string(),
  Created: t.integer(),
  CreatedBy: t.string(),
  Id: t.string(),
  Size: t.integer(),
  Tags: t.nullable(t.array(t.string())),
});
export type ImageHistoryItem = t.Static<typeof ImageHistoryItem>;

export const ImageTreeReport = t.object({ Tree: t.string() });
export type ImageTreeReport = t.Static<typeof ImageTreeReport>;

export const ImageLoadReport = t.object({ Names: t.array(t.string()) });
export type ImageLoadReport = t.Static<typeof ImageLoadReport>;

export const ImageImportReport = t.object({ Id: t.string() });
export type ImageImportReport = t.Static<typeof ImageImportReport>;

export const ImagePullReport = t.object({
  error: t.optional(t.string()),
  id: t.optional(t.string()),
  images: t.optional(t.nullable(t.array(t.string()))),
  stream: t.optional(t.string()),
  status: t.optional(t.string()),
  progressDetail: t.optional(t.object({ current: t.optional(t.integer()), total: t.optional(t.integer()) })),
  progress: t.optional(t.string()),
  errorDetail: t.optional(t.object({ message: t.optional(t.string()) })),
});
export type ImagePullReport = t.Static<typeof ImagePullReport>;

export const ImageRemoveReport = t.object({
  Deleted: t.optional(t.array(t.string())),
  Errors: t.nullable(t.array(t.string())),
  ExitCode: t.integer(),
  Untagged: t.optional(t.array(t.string())),
});
export type ImageRemoveReport = t.Static<typeof ImageRemoveReport>;

export const ScpReport = t.object({ Id: t.string() });
export type ScpReport = t.Static<typeof ScpReport>;

export const ImageSearchResult = t.object({
  Automated: t.string(),
  Description: t.string(),
  Index: t.string(),
  Name: t.string(),
  Official: t.string(),
  Stars: t.integer(),
  Tag: t.optional(t.string()),
});
export type ImageSearchResult = t.Static<typeof ImageSearchResult>;

/** A line of progress; the last one has the digest, the ID of a manifest list, or the error. */
export const ImagePushReport = t.object({
  stream: t.optional(t.string()),
  manifestdigest: t.optional(t.string()),
  Id: t.optional(t.string()),
  error: t.optional(t.string()),
});
export type ImagePushReport = t.Static<typeof ImagePushReport>;

export const BuildOutput = t.object({
  stream: t.optional(t.string()),
  error: t.optional(t.string()),
  errorDetail: t.optional(t.object({ message: t.string() })),
});
export type BuildOutput = t.Static<typeof BuildOutput>;
