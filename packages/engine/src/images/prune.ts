import { isSelkieError } from '@selkie/contract';
import type { ImagesContext } from './context.ts';
import { type ImageFilters, list } from './list.ts';
import type { ImageRecord } from './record.ts';
import { type Removal, remove } from './remove.ts';
import { dockerNames } from './short-names.ts';

export interface ImagePruneOptions {
  /** Also images that have a name. */
  readonly all: boolean;
  readonly filters: ImageFilters;
}

export interface PrunedImage {
  /** As it was. */
  readonly image: ImageRecord;
  readonly removal: Removal;
  /** Unpacked bytes of the layers that went. */
  readonly reclaimed: number;
}

/**
 * Removes the images that no container uses. One that cannot be removed, because another was made of it, does not keep the others.
 * @throws what `signal` was aborted with
 */
export async function prune(
  context: ImagesContext,
  { all, filters }: ImagePruneOptions,
  signal: AbortSignal,
): Promise<PrunedImage[]> {
  const pruned: PrunedImage[] = [];
  for (const image of list(context.store, filters, dockerNames)) {
    signal.throwIfAborted();
    if ((!all && image.names.length > 0) || isUsed(context, image)) continue;
    const sizes = new Map(image.layers.map(({ chainId, size }) => [chainId, size]));
    try {
      const removal = await remove(context, image.id, { names: dockerNames, force: true });
      const layers = removal.deleted.flatMap((one) => one.layers);
      const reclaimed = layers.reduce((sum, chainId) => sum + (sizes.get(chainId) ?? 0), 0);
      pruned.push({ image, removal, reclaimed });
    } catch (error) {
      if (!isSelkieError(error, 'IMAGE_IN_USE') && !isSelkieError(error, 'NO_SUCH_IMAGE')) throw error;
    }
  }
  const reclaimed = pruned.reduce((sum, one) => sum + one.reclaimed, 0);
  context.emit('image', 'prune', '', '', { reclaimed: String(reclaimed) });
  return pruned;
}

function isUsed({ uses }: ImagesContext, image: ImageRecord): boolean {
  for (const { imageId } of uses()) if (imageId === image.id) return true;
  return false;
}
