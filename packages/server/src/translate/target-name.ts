import { formatReference, parseReference } from '@selkie/engine/images/reference';

/** The name a client gives in two parts; a tag of its own wins over one within the repository. @throws SelkieError INVALID_PARAMETER */
export function targetName({ repo = '', tag }: { readonly repo?: string; readonly tag?: string }): string {
  const reference = parseReference(repo);
  return formatReference(tag ? { ...reference, tag } : reference);
}
