import type { ImageRecord } from '@selkie/engine/images/record';

/** A test for what both APIs leave out of a plain list: nameless images that others were made of. */
export function intermediate(images: readonly ImageRecord[]): (image: ImageRecord) => boolean {
  const parents = new Set(images.map(({ parent }) => parent));
  return ({ id, names }) => names.length === 0 && parents.has(id);
}
