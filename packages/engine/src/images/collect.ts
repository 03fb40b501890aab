import type { ImagesContext } from './context.ts';
import { blobsOf, chainIdsOf, type ImageRecord } from './record.ts';

export interface Collected {
  readonly blobs: number;
  readonly layers: number;
}

/** Deletes what only a removed image needed. @returns chain IDs of the layers that went, from the top */
export async function sweepImage(context: ImagesContext, image: ImageRecord): Promise<string[]> {
  const gone = chainIdsOf(image)
    .reverse()
    .filter((chainId) => !needsLayer(context, chainId));
  for (const chainId of gone) await deleteLayer(context, chainId);
  await Promise.all(blobsOf(image).map((digest) => context.content.delete(digest, () => needsBlob(context, digest))));
  return gone;
}

/**
 * Mark and sweep: deletes every blob and layer that no image, container or pull needs. Safe beside running pulls, whose leases count.
 * @param now also gives up what interrupted pulls left for another attempt
 */
export async function collectGarbage(context: ImagesContext, now = false): Promise<Collected> {
  context.leases.expire(now);
  const layers = context.store.layerIds().filter((chainId) => !needsLayer(context, chainId));
  for (const chainId of layers) await deleteLayer(context, chainId);
  const found = await context.content.list();
  let blobs = 0;
  for (const digest of new Set([...found.blobs, ...found.partial])) {
    if (needsBlob(context, digest)) continue;
    if (await context.content.delete(digest, () => needsBlob(context, digest))) blobs++;
  }
  return { blobs, layers: layers.length };
}

/** Chain IDs that must stay. */
export function neededLayers(context: ImagesContext): Set<string> {
  const used = [...context.uses()].flatMap(({ chainIds }) => chainIds);
  return new Set([...context.store.layerIds().filter((chainId) => needsLayer(context, chainId)), ...used]);
}

function needsBlob({ store, leases }: ImagesContext, digest: string): boolean {
  return store.usesBlob(digest) || leases.holdsBlob(digest);
}

function needsLayer({ store, leases, uses }: ImagesContext, chainId: string): boolean {
  if (store.usesLayer(chainId) || leases.holdsLayer(chainId)) return true;
  for (const { chainIds } of uses()) if (chainIds.includes(chainId)) return true;
  return false;
}

async function deleteLayer(context: ImagesContext, chainId: string): Promise<void> {
  // A pull may have come to need it while layers above were being deleted.
  if (needsLayer(context, chainId)) return;
  context.store.deleteLayer(chainId);
  await context.snapshots.removeLayer(chainId);
}
