import type { ImageRecord } from './record.ts';

export interface LayerSizes {
  /** Unpacked bytes of an image's layers that another image has too. */
  shared(image: ImageRecord): number;
  /** Unpacked bytes of all layers of all images, each counted once. */
  readonly total: number;
}

/** Accounts for layers that several images have in common. */
export function layerSizes(images: readonly ImageRecord[]): LayerSizes {
  const sizes = new Map<string, number>();
  const owners = new Map<string, number>();
  for (const { chainId, size } of images.flatMap(({ layers }) => layers)) {
    sizes.set(chainId, size);
    owners.set(chainId, (owners.get(chainId) ?? 0) + 1);
  }
  return {
    shared: ({ layers }) =>
      layers.reduce((sum, { chainId, size }) => ((owners.get(chainId) ?? 0) > 1 ? sum + size : sum), 0),
    total: [...sizes.values()].reduce((sum, size) => sum + size, 0),
  };
}
