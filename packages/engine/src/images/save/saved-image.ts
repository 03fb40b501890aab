import { SelkieError } from '@selkie/contract';
import type { ImagesContext } from '../context.ts';
import { isIdOf, requireImage } from '../find.ts';
import type { ImageRecord } from '../record.ts';
import { formatReference, parseReference, parseStored, repositoryName, withDefaultTag } from '../reference.ts';
import type { ShortNames } from '../short-names.ts';

/** An image to be written, with the names the archive gives it. */
export interface SavedImage {
  readonly image: ImageRecord;
  /** Full names with tag. */
  readonly names: readonly string[];
}

/**
 * What the texts of a request mean, each image once. An image asked for by its ID gets no name.
 * @param allTags whether a repository's name alone means all of its tags
 * @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, INVALID_PARAMETER
 */
export function savedImages(
  { store }: ImagesContext,
  texts: readonly string[],
  names: ShortNames,
  allTags: boolean,
): SavedImage[] {
  if (texts.length === 0) throw new SelkieError('INVALID_PARAMETER', { reason: 'no image is named' });
  const saved = new Map<string, { image: ImageRecord; names: Set<string> }>();
  const add = (image: ImageRecord, given: readonly string[]) => {
    const one = saved.get(image.id) ?? { image, names: new Set() };
    for (const name of given) one.names.add(name);
    saved.set(image.id, one);
  };
  for (const text of texts) {
    const repository = allTags ? wholeRepository(text, names) : undefined;
    const tagged = repository === undefined ? [] : store.all().filter((image) => tagsIn(image, repository).length > 0);
    for (const image of tagged) add(image, tagsIn(image, repository ?? ''));
    if (tagged.length > 0) continue;
    const image = requireImage(store, text, names);
    add(image, isIdOf(image, text) ? [] : nameOf(image, text, names));
  }
  return [...saved.values()].map(({ image, names: given }) => ({ image, names: [...given] }));
}

/** `domain/path` of a text that is nothing but the name of a repository. */
function wholeRepository(text: string, names: ShortNames): string | undefined {
  if (/^(?:sha256:)?[0-9a-f]{64}$/.test(text) || text.startsWith('sha256:')) return undefined;
  const reference = parseReference(text);
  if (reference.tag !== undefined || reference.digest !== undefined) return undefined;
  return repositoryName(names.stored(reference));
}

function tagsIn(image: ImageRecord, repository: string): string[] {
  return image.names.filter((name) => repositoryName(parseStored(name)) === repository);
}

function nameOf(image: ImageRecord, text: string, names: ShortNames): string[] {
  const reference = withDefaultTag(parseReference(text));
  if (reference.digest !== undefined) return [];
  const candidates = names.local(reference).map(formatReference);
  const suffix = `/${formatReference(reference)}`;
  const name = image.names.find((one) => candidates.includes(one)) ?? image.names.find((one) => one.endsWith(suffix));
  return name === undefined ? [] : [name];
}
