import * as t from '../../schema.ts';
import { OCIDescriptor } from './common.ts';

export const ImageHistoryResponseItem = t.object({
  Id: t.string(),
  Created: t.integer(),
  CreatedBy: t.string(),
  Tags: t.nullable(t.array(t.string())),
  Size: t.integer(),
  Comment: t.string(),
});
export type ImageHistoryResponseItem = t.Static<typeof ImageHistoryResponseItem>;

export const ImageDeleteResponseItem = t.object({ Untagged: t.optional(t.string()), Deleted: t.optional(t.string()) });
export type ImageDeleteResponseItem = t.Static<typeof ImageDeleteResponseItem>;

export const ImageSearchResult = t.object({
  description: t.string(),
  is_official: t.boolean(),
  is_automated: t.optional(t.boolean()),
  name: t.string(),
  star_count: t.integer(),
});
export type ImageSearchResult = t.Static<typeof ImageSearchResult>;

export const ImagePruneResponse = t.object({
  ImagesDeleted: t.nullable(t.array(ImageDeleteResponseItem)),
  SpaceReclaimed: t.integer(),
});
export type ImagePruneResponse = t.Static<typeof ImagePruneResponse>;

export const ErrorDetail = t.object({ code: t.optional(t.integer()), message: t.optional(t.string()) });
export type ErrorDetail = t.Static<typeof ErrorDetail>;

export const ProgressDetail = t.object({
  current: t.optional(t.integer()),
  total: t.optional(t.integer()),
  start: t.optional(t.integer()),
  units: t.optional(t.string()),
  hidecounts: t.optional(t.boolean()),
});
export type ProgressDetail = t.Static<typeof ProgressDetail>;

export const ImageID = t.object({ ID: t.optional(t.string()) });
export type ImageID = t.Static<typeof ImageID>;

export const CreateImageInfo = t.object({
  id: t.optional(t.string()),
  errorDetail: t.optional(ErrorDetail),
  status: t.optional(t.string()),
  progressDetail: t.optional(ProgressDetail),
  error: t.optional(t.string()),
  progress: t.optional(t.string()),
  stream: t.optional(t.string()),
  aux: t.optional(ImageID),
});
export type CreateImageInfo = t.Static<typeof CreateImageInfo>;

export const PushImageInfo = t.object({
  errorDetail: t.optional(ErrorDetail),
  status: t.optional(t.string()),
  progressDetail: t.optional(ProgressDetail),
  error: t.optional(t.string()),
  progress: t.optional(t.string()),
  id: t.optional(t.string()),
  aux: t.optional(
    t.object({ Tag: t.optional(t.string()), Digest: t.optional(t.string()), Size: t.optional(t.integer()) }),
  ),
});
export type PushImageInfo = t.Static<typeof PushImageInfo>;

export const BuildInfo = t.object({
  id: t.optional(t.string()),
  stream: t.optional(t.string()),
  errorDetail: t.optional(ErrorDetail),
  status: t.optional(t.string()),
  progressDetail: t.optional(ProgressDetail),
  aux: t.optional(ImageID),
  error: t.optional(t.string()),
  progress: t.optional(t.string()),
});
export type BuildInfo = t.Static<typeof BuildInfo>;

export const BuildPruneResponse = t.object({
  CachesDeleted: t.nullable(t.array(t.string())),
  SpaceReclaimed: t.integer(),
});
export type BuildPruneResponse = t.Static<typeof BuildPruneResponse>;

export const AttestationStatement = t.object({
  Descriptor: OCIDescriptor,
  PredicateType: t.string(),
  Statement: t.optional(t.record(t.unknown())),
});
export type AttestationStatement = t.Static<typeof AttestationStatement>;
