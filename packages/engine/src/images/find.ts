import { SelkieError } from '@selkie/contract';
import type { ImageRecord } from './record.ts';
import { formatReference, parseReference, type Reference, repositoryName, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';
import type { ImageStore } from './store.ts';

/**
 * Finds an image by name, `name@digest`, ID or the beginning of an ID. A name wins over an ID that reads the same.
 * @throws SelkieError AMBIGUOUS_ID, INVALID_PARAMETER for what can be neither
 */
export function find(store: ImageStore, text: string, names: ShortNames): ImageRecord | undefined {
  const id = /^(?:sha256:)?([0-9a-f]{64})$/.exec(text);
  if (id !== null) return store.get(`sha256:${id[1]}`);
  const prefix = /^(?:sha256:)?([0-9a-f]{1,63})$/.exec(text)?.[1];
  // `sha256:abc` is also a name with a tag, but nobody means that.
  if (prefix !== undefined && text.startsWith('sha256:')) return byPrefix(store, prefix);
  const named = byName(store, withDefaultTag(parseReference(text)), names);
  return named ?? (prefix === undefined ? undefined : byPrefix(store, prefix));
}

/** As {@link find}. @throws SelkieError NO_SUCH_IMAGE too */
export function requireImage(store: ImageStore, text: string, names: ShortNames): ImageRecord {
  const image = find(store, text, names);
  if (image === undefined) throw new SelkieError('NO_SUCH_IMAGE', { name: names.worded(text) });
  return image;
}

/** True where `text` means an image by its ID and not by a name. */
export function isIdOf(image: ImageRecord, text: string): boolean {
  return image.id === text || (/^[0-9a-f]+$/.test(text) && image.id.startsWith(`sha256:${text}`));
}

function byName(store: ImageStore, reference: Reference, names: ShortNames): ImageRecord | undefined {
  for (const candidate of names.local(reference)) {
    const { digest } = candidate;
    const found =
      digest === undefined
        ? store.named(formatReference(candidate))
        : store.digested(`${repositoryName(candidate)}@${digest}`);
    if (found !== undefined) return found;
  }
  return names.anyRegistry && reference.domain === undefined ? bySuffix(store, reference) : undefined;
}

/** A short name also means an image of any registry whose name ends in it. */
function bySuffix(store: ImageStore, reference: Reference): ImageRecord | undefined {
  const { path, tag, digest } = reference;
  const suffix = digest === undefined ? `/${path}:${tag}` : `/${path}@${digest}`;
  return store
    .all()
    .find((image) => (digest === undefined ? image.names : image.repoDigests).some((name) => name.endsWith(suffix)));
}

function byPrefix(store: ImageStore, prefix: string): ImageRecord | undefined {
  const matches = store.all().filter((image) => image.id.startsWith(`sha256:${prefix}`));
  if (matches.length > 1) throw new SelkieError('AMBIGUOUS_ID', { prefix });
  return matches[0];
}
