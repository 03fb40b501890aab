import type { ImageLoadReport } from '@selkie/contract/libpod/types/images';
import type { LoadedImage } from '@selkie/engine/images/load';
import { bareId } from '../../containers/present/image.ts';

export function presentLoaded(loaded: readonly LoadedImage[]): ImageLoadReport {
  return { Names: loaded.flatMap(({ image, names }) => (names.length > 0 ? names : [bareId(image.id)])) };
}
