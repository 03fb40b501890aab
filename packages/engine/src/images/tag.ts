import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import type { ImagesContext } from './context.ts';
import { requireImage } from './find.ts';
import type { ImageRecord } from './record.ts';
import { formatReference, parseReference, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';

/**
 * Gives an image one more name, taking it from the image that has it.
 * @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, INVALID_PARAMETER
 */
export function tag(context: ImagesContext, source: string, target: string, names: ShortNames): ImageRecord {
  const reference = parseReference(target);
  if (reference.digest !== undefined) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'refusing to create a tag with a digest reference' });
  }
  const name = formatReference(names.stored(withDefaultTag(reference)));
  const image = requireImage(context.store, source, names);
  const tagged = addNames(context, image, [name]);
  context.index.changed();
  context.emit('image', 'tag', tagged.id, name, tagged.config.labels ?? {});
  return tagged;
}

/** Writes an image with more names, full ones with tag, the last given last. They are taken from the images that have them. */
export function addNames({ store }: ImagesContext, image: ImageRecord, names: readonly string[]): ImageRecord {
  if (names.length > 0 || store.get(image.id) === undefined) {
    const other = (name: string) => !names.includes(name);
    store.put({
      ...image,
      names: [...image.names.filter(other), ...names],
      namesHistory: [...names, ...image.namesHistory.filter(other)],
      ...(names.length > 0 && { lastTagged: timestamp() }),
    });
  }
  return store.get(image.id) ?? image;
}
