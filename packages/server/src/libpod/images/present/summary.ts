import type { ImageSummary } from '@selkie/contract/libpod/types/images';
import { createdMillis, type ImageRecord } from '@selkie/engine/images/record';
import { bareId } from '../../containers/present/image.ts';

export interface SummaryFacts {
  readonly containers: number;
  readonly sharedSize: number;
}

export function presentSummary(image: ImageRecord, { containers, sharedSize }: SummaryFacts): ImageSummary {
  const dangling = image.names.length === 0;
  return {
    Id: bareId(image.id),
    ParentId: bareId(image.parent ?? ''),
    RepoTags: [...image.names],
    RepoDigests: [...image.repoDigests],
    Created: Math.floor(createdMillis(image) / 1000),
    Size: image.size,
    SharedSize: sharedSize,
    VirtualSize: image.size,
    Labels: image.config.labels ? { ...image.config.labels } : null,
    Containers: containers,
    Arch: image.architecture,
    ...(dangling && { Dangling: dangling }),
    Digest: image.manifestDigest,
    ...(image.namesHistory.length > 0 && { History: [...image.namesHistory] }),
    IsManifestList: false,
    ...(!dangling && { Names: [...image.names] }),
    Os: image.os,
  };
}
