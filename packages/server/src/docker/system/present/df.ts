import type { ContainerSummary } from '@selkie/contract/docker/types/container-list';
import type { ImageSummary } from '@selkie/contract/docker/types/image-list';
import type { SystemDf } from '@selkie/contract/docker/types/system-df';
import type { Volume } from '@selkie/contract/docker/types/volumes';
import { compareVersions } from '@selkie/contract/versions';
import type { Usage } from './usage.ts';

/** Undefined: not asked for. */
export interface DfParts {
  readonly images: Usage<ImageSummary> | undefined;
  readonly containers: Usage<ContainerSummary> | undefined;
  readonly volumes: Usage<Volume> | undefined;
  readonly builds: boolean;
}

const NOTHING: Usage<never> = { items: [], active: 0, size: 0, reclaimable: 0 };

/** Until 1.52 the objects themselves, from then on their sums; 1.52 has both, unless the objects are asked for with the sums. */
export function presentDf(
  { images, containers, volumes, builds }: DfParts,
  version: string,
  verbose: boolean,
): SystemDf {
  const since = (first: string) => compareVersions(version, first) >= 0;
  const sums: SystemDf = {
    ...(images ? { ImageUsage: presentUsage(images, verbose) } : {}),
    ...(containers ? { ContainerUsage: presentUsage(containers, verbose) } : {}),
    ...(volumes ? { VolumeUsage: presentUsage(volumes, verbose) } : {}),
    ...(builds ? { BuildCacheUsage: presentUsage(NOTHING, verbose) } : {}),
  };
  if (since('1.53') || (since('1.52') && verbose)) return sums;
  const objects: SystemDf = {
    LayersSize: images?.size ?? 0,
    Images: images?.items ?? null,
    Containers: containers?.items ?? null,
    Volumes: volumes?.items ?? null,
    BuildCache: builds ? [] : null,
  };
  return since('1.52') ? { ...sums, ...objects } : objects;
}

function presentUsage<Item>({ items, active, size, reclaimable }: Usage<Item>, verbose: boolean) {
  const sums = { ActiveCount: active, TotalCount: items.length, Reclaimable: reclaimable, TotalSize: size };
  return verbose ? { ...sums, Items: items } : sums;
}
