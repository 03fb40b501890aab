import type { ImageRecord } from '@selkie/engine/images/record';
import { familiar, familiarName, parseStored, repositoryName } from '@selkie/engine/images/reference';

/** A stored name as Docker shows it. */
export function familiarText(name: string): string {
  return familiar(parseStored(name));
}

export function repoTags(image: ImageRecord): string[] {
  return image.names.map(familiarText);
}

/** Of an image out of an index Docker knows the index's digest only. */
export function repoDigests(image: ImageRecord): string[] {
  return shownDigests(image).map(familiarText);
}

export function shownDigests({ repoDigests: all, indexDigest }: ImageRecord): string[] {
  const ofIndex = all.filter((digest) => digest.endsWith(`@${indexDigest}`));
  const repositories = new Set(ofIndex.map(repositoryOf));
  return all.filter((digest) => ofIndex.includes(digest) || !repositories.has(repositoryOf(digest)));
}

/** Repositories it is known to be in. */
export function repositories(image: ImageRecord): string[] {
  return [...new Set(image.repoDigests.map((digest) => familiarName(parseStored(digest))))];
}

function repositoryOf(digest: string): string {
  return repositoryName(parseStored(digest));
}
