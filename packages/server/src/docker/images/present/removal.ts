import type { ImageDeleteResponseItem } from '@selkie/contract/docker/types/images';
import type { ImageRecord } from '@selkie/engine/images/record';
import type { Removal } from '@selkie/engine/images/remove';
import { familiarText, shownDigests } from './names.ts';

/** Names first, then for each image its ID and what it alone was made of. @param image as it was before */
export function presentRemoval({ untagged, deleted }: Removal, image: ImageRecord): ImageDeleteResponseItem[] {
  const shown = new Set([...image.names, ...shownDigests(image)]);
  const names = untagged.filter((name) => shown.has(name)).map((name) => ({ Untagged: familiarText(name) }));
  const gone = deleted.flatMap(({ id, layers }) => [id, ...layers]).map((digest) => ({ Deleted: digest }));
  return [...names, ...gone];
}
