import { SelkieError } from '@selkie/contract';
import type { ImagesContext } from './context.ts';
import { find, requireImage } from './find.ts';
import type { ImageRecord } from './record.ts';
import { formatReference, parseReference, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';

/**
 * Takes names from an image, all of them where none is given; the image stays, though nameless.
 * @throws SelkieError NO_SUCH_IMAGE (also for a name another image has), AMBIGUOUS_ID, INVALID_PARAMETER
 */
export function untag(
  context: ImagesContext,
  source: string,
  targets: readonly string[],
  names: ShortNames,
): ImageRecord {
  const image = requireImage(context.store, source, names);
  const taken = targets.length === 0 ? image.names : targets.map((target) => nameOf(context, image, target, names));
  return dropNames(context, image, taken);
}

/** Takes the given full names (or `repository@digest`s) from an image. */
export function dropNames(context: ImagesContext, image: ImageRecord, dropped: readonly string[]): ImageRecord {
  const kept = (name: string) => !dropped.includes(name);
  const bare: ImageRecord = {
    ...image,
    names: image.names.filter(kept),
    repoDigests: image.repoDigests.filter(kept),
  };
  context.store.put(bare);
  context.index.changed();
  for (const name of dropped) context.emit('image', 'untag', image.id, name, image.config.labels ?? {});
  return bare;
}

function nameOf({ store }: ImagesContext, image: ImageRecord, target: string, names: ShortNames): string {
  if (find(store, target, names)?.id === image.id) {
    const candidates = names.local(withDefaultTag(parseReference(target))).map(formatReference);
    const name = candidates.find((candidate) => image.names.includes(candidate));
    if (name !== undefined) return name;
  }
  throw new SelkieError('NO_SUCH_IMAGE', { name: names.worded(target) });
}
