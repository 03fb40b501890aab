import * as t from '../../schema.ts';

export const ManifestModifyOptions = t.partial({
  all: t.boolean(),
  annotation: t.array(t.string()),
  annotations: t.record(t.string()),
  arch: t.string(),
  artifact_annotations: t.record(t.string()),
  artifact_config: t.string(),
  artifact_config_type: t.string(),
  artifact_exclude_titles: t.boolean(),
  artifact_files: t.array(t.string()),
  artifact_layer_type: t.string(),
  artifact_subject: t.string(),
  artifact_type: t.string(),
  features: t.array(t.string()),
  images: t.array(t.string()),
  index_annotation: t.array(t.string()),
  index_annotations: t.record(t.string()),
  operation: t.string(),
  os: t.string(),
  os_features: t.array(t.string()),
  os_version: t.string(),
  subject: t.string(),
  variant: t.string(),
});
export type ManifestModifyOptions = t.Static<typeof ManifestModifyOptions>;

export const ManifestAddOptions = t.partial({
  all: t.boolean(),
  annotation: t.array(t.string()),
  annotations: t.record(t.string()),
  arch: t.string(),
  features: t.array(t.string()),
  images: t.array(t.string()),
  index_annotation: t.array(t.string()),
  index_annotations: t.record(t.string()),
  os: t.string(),
  os_features: t.array(t.string()),
  os_version: t.string(),
  subject: t.string(),
  variant: t.string(),
});
export type ManifestAddOptions = t.Static<typeof ManifestAddOptions>;

export const ManifestModifyReport = t.object({
  Id: t.string(),
  errors: t.optional(t.nullable(t.array(t.string()))),
  files: t.optional(t.array(t.string())),
  images: t.optional(t.nullable(t.array(t.string()))),
});
export type ManifestModifyReport = t.Static<typeof ManifestModifyReport>;

export const Schema2PlatformSpec = t.object({
  architecture: t.string(),
  features: t.optional(t.array(t.string())),
  os: t.string(),
  'os.features': t.optional(t.array(t.string())),
  'os.version': t.optional(t.string()),
  variant: t.optional(t.string()),
});
export type Schema2PlatformSpec = t.Static<typeof Schema2PlatformSpec>;

export const Schema2ManifestDescriptor = t.object({
  digest: t.string(),
  mediaType: t.string(),
  platform: t.optional(Schema2PlatformSpec),
  size: t.integer(),
  urls: t.optional(t.array(t.string())),
});
export type Schema2ManifestDescriptor = t.Static<typeof Schema2ManifestDescriptor>;

export const ManifestInspect = t.object({
  manifests: t.array(Schema2ManifestDescriptor),
  mediaType: t.string(),
  schemaVersion: t.integer(),
});
export type ManifestInspect = t.Static<typeof ManifestInspect>;
