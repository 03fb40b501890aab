import * as t from '../../schema.ts';
import { OCIDescriptor } from './common.ts';
import { ImageManifestSummary } from './image-inspect.ts';

export const ImageSummary = t.object({
  Id: t.string(),
  ParentId: t.string(),
  RepoTags: t.array(t.string()),
  RepoDigests: t.nullable(t.array(t.string())),
  Created: t.integer(),
  Size: t.integer(),
  SharedSize: t.integer(),
  Labels: t.nullable(t.record(t.string())),
  Containers: t.integer(),
  Manifests: t.optional(t.array(ImageManifestSummary)),
  Descriptor: t.optional(OCIDescriptor),
  VirtualSize: t.optional(t.integer()),
});
export type ImageSummary = t.Static<typeof ImageSummary>;
