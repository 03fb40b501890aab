import * as t from '../../schema.ts';

export const ArtifactAddReport = t.object({ ArtifactDigest: t.string() });
export type ArtifactAddReport = t.Static<typeof ArtifactAddReport>;

export const Platform = t.object({
  architecture: t.string(),
  os: t.string(),
  'os.features': t.optional(t.array(t.string())),
  'os.version': t.optional(t.string()),
  variant: t.optional(t.string()),
});
export type Platform = t.Static<typeof Platform>;

export const Descriptor = t.object({
  annotations: t.optional(t.record(t.string())),
  artifactType: t.optional(t.string()),
  data: t.optional(t.string()),
  digest: t.string(),
  mediaType: t.string(),
  platform: t.optional(Platform),
  size: t.integer(),
  urls: t.optional(t.array(t.string())),
});
export type Descriptor = t.Static<typeof Descriptor>;

export const ArtifactManifest = t.object({
  annotations: t.optional(t.record(t.string())),
  artifactType: t.optional(t.string()),
  config: Descriptor,
  layers: t.array(Descriptor),
  mediaType: t.optional(t.string()),
  schemaVersion: t.integer(),
  subject: t.optional(Descriptor),
});
export type ArtifactManifest = t.Static<typeof ArtifactManifest>;

export const ArtifactListReport = t.object({ Manifest: ArtifactManifest, Name: t.string() });
export type ArtifactListReport = t.Static<typeof ArtifactListReport>;

export const ArtifactInspectReport = t.object({ Digest: t.string(), Manifest: ArtifactManifest, Name: t.string() });
export type ArtifactInspectReport = t.Static<typeof ArtifactInspectReport>;

export const ArtifactPullReport = t.object({ ArtifactDigest: t.string() });
export type ArtifactPullReport = t.Static<typeof ArtifactPullReport>;

export const ArtifactPushReport = t.object({ ArtifactDigest: t.string() });
export type ArtifactPushReport = t.Static<typeof ArtifactPushReport>;

export const ArtifactRemoveReport = t.object({ ArtifactDigests: t.nullable(t.array(t.string())) });
export type ArtifactRemoveReport = t.Static<typeof ArtifactRemoveReport>;
