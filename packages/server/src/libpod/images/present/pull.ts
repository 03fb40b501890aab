import type { ImagePullReport } from '@selkie/contract/libpod/types/images';
import type { LayerProgress } from '@selkie/engine/images/context';
import type { PullResult } from '@selkie/engine/images/pull';
import { type FullReference, formatReference } from '@selkie/engine/images/reference';
import { errorText } from '../../containers/error-text.ts';
import { bareId } from '../../containers/present/image.ts';

/** The lines podman's client prints as they are. */
export function beginText(place: FullReference): ImagePullReport {
  return { stream: `Trying to pull ${formatReference(place)}...\n` };
}

export function layerTexts({ id, status }: LayerProgress): ImagePullReport[] {
  switch (status) {
    case 'pulling-fs-layer':
      return [{ stream: `Copying blob ${id}\n` }];
    case 'already-exists':
      return [{ stream: `Copying blob ${id} skipped: already exists\n` }];
    default:
      return [];
  }
}

export function finishTexts({ image, digest }: PullResult): ImagePullReport[] {
  // Nobody was asked where the image was here and that was enough.
  if (digest === undefined) return [];
  return [{ stream: `Copying config ${image.id}\n` }, { stream: 'Writing manifest to image destination\n' }];
}

export function finishedPull(results: readonly PullResult[]): ImagePullReport {
  const ids = results.map(({ image }) => bareId(image.id));
  const id = ids.at(-1);
  return { images: [...new Set(ids)], ...(id === undefined ? {} : { id }) };
}

/** A failure is the last line of a success: that is where podman's clients look for it. */
export function failedPull(error: unknown): ImagePullReport {
  return { error: errorText(error) };
}
