import type { ImageManifestSummary } from '@selkie/contract/docker/types/image-inspect';
import type { ImageSummary } from '@selkie/contract/docker/types/image-list';
import { compareVersions } from '@selkie/contract/versions';
import { createdMillis, type ImageRecord, targetOf } from '@selkie/engine/images/record';
import { repoDigests, repoTags } from './names.ts';

export interface SummaryFacts {
  readonly version: string;
  /** Undefined: not asked for. */
  readonly sharedSize?: number;
  readonly containers?: number;
  readonly manifests?: ImageManifestSummary[];
}

/** What was not counted is -1. */
export function presentSummary(image: ImageRecord, facts: SummaryFacts): ImageSummary {
  const { version, sharedSize = -1, containers = -1, manifests } = facts;
  const since = (first: string) => compareVersions(version, first) >= 0;
  const [tags, digests] = [repoTags(image), repoDigests(image)];
  return {
    Containers: containers,
    Created: Math.floor(createdMillis(image) / 1000),
    Id: image.id,
    Labels: image.config.labels ? { ...image.config.labels } : null,
    ParentId: image.parent ?? '',
    RepoDigests: digests.length === 0 && !since('1.43') ? ['<none>@<none>'] : digests,
    RepoTags: tags.length === 0 && !since('1.43') ? ['<none>:<none>'] : tags,
    SharedSize: sharedSize,
    Size: image.size,
    ...(since('1.44') ? {} : { VirtualSize: image.size }),
    ...(since('1.48') ? { Descriptor: targetOf(image) } : {}),
    ...(manifests ? { Manifests: manifests } : {}),
  };
}
