import { SelkieError } from '@selkie/contract';
import { sweepImage } from './collect.ts';
import type { ImagesContext, ImageUse } from './context.ts';
import { shortId } from './digest.ts';
import { isIdOf, requireImage } from './find.ts';
import type { ImageRecord } from './record.ts';
import { familiar, formatReference, parseReference, parseStored, repositoryName, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';
import { dropNames } from './untag.ts';

export interface RemoveOptions {
  readonly names: ShortNames;
  /** Also where several repositories or a stopped container refer to it. */
  readonly force?: boolean;
  /** Leave nameless parents. */
  readonly noprune?: boolean;
}

export interface Removal {
  /** Full names and `repository@digest`s taken away. */
  readonly untagged: readonly string[];
  /** Images gone, and for each the layers (chain IDs, from the top) nobody needs any more. */
  readonly deleted: readonly { readonly id: string; readonly layers: readonly string[] }[];
}

/**
 * Takes a name from an image, or the image itself where it was its last name or is given by ID. The files of what is gone are deleted
 * when it returns.
 * @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, IMAGE_IN_USE
 */
export async function remove(context: ImagesContext, text: string, options: RemoveOptions): Promise<Removal> {
  const { names, force = false, noprune = false } = options;
  const image = requireImage(context.store, text, names);
  const byId = isIdOf(image, text);
  const untagged = byId ? untagForId(context, image, force) : untagName(context, image, text, names, force);
  const bare = context.store.get(image.id) ?? image;
  const stays = !byId && referencesOf(bare).length > 0;
  if (stays) return { untagged, deleted: [] };
  const conflict = conflictOf(context, bare, force);
  if (conflict !== undefined) {
    // The name is gone, which was asked for; that the image itself has to stay is then no failure.
    if (!byId && untagged.length > 0) return { untagged, deleted: [] };
    throw conflict;
  }
  return { untagged, deleted: await deleteWithParents(context, bare, !noprune) };
}

function untagName(
  context: ImagesContext,
  image: ImageRecord,
  text: string,
  names: ShortNames,
  force: boolean,
): readonly string[] {
  const name = spelled(image, text, names);
  const user = [...usesOf(context, image)][0];
  if (!force && isSingle(referencesOf(image)) && user !== undefined) {
    const container = user.containerId.slice(0, 12);
    const reason = `unable to remove repository reference "${familiar(parseStored(name))}" (must force) - container ${container} is using its referenced image ${shortId(image.id)}`;
    throw new SelkieError('IMAGE_IN_USE', { reason });
  }
  const repository = repositoryName(parseStored(name));
  const left = image.names.filter((other) => other !== name);
  const tagLeft = left.some((other) => repositoryName(parseStored(other)) === repository);
  // Digests of a repository go with its last tag: nobody would find or remove them otherwise.
  const digests = image.repoDigests.filter(
    (digest) => digest !== name && repositoryName(parseStored(digest)) === repository,
  );
  const dropped = tagLeft || !image.names.includes(name) ? [name] : [name, ...digests];
  dropNames(context, image, dropped);
  return dropped;
}

/** By ID, all names of one repository go together; those of several only by force. */
function untagForId(context: ImagesContext, image: ImageRecord, force: boolean): readonly string[] {
  const references = referencesOf(image);
  if (!force && !isSingle(references)) return [];
  const conflict = conflictOf(context, { ...image, names: [], repoDigests: [] }, force);
  if (conflict !== undefined) throw conflict;
  if (references.length > 0) dropNames(context, image, references);
  return references;
}

/** The stored spelling of the name a client gave. */
function spelled(image: ImageRecord, text: string, names: ShortNames): string {
  const reference = withDefaultTag(parseReference(text));
  const { digest, tag, path } = reference;
  const candidates = names
    .local(reference)
    .map((one) => (digest === undefined ? formatReference(one) : `${repositoryName(one)}@${digest}`));
  const all = referencesOf(image);
  const suffix = digest === undefined ? `/${path}:${tag}` : `/${path}@${digest}`;
  const found = candidates.find((one) => all.includes(one)) ?? all.find((one) => one.endsWith(suffix));
  if (found === undefined) throw new SelkieError('NO_SUCH_IMAGE', { name: names.worded(text) });
  return found;
}

function referencesOf(image: ImageRecord): readonly string[] {
  return [...image.names, ...image.repoDigests];
}

/** True where all references are of one repository, at most one of them a tag. */
function isSingle(references: readonly string[]): boolean {
  const repositories = new Set(references.map((one) => repositoryName(parseStored(one))));
  return repositories.size === 1 && references.filter((one) => !one.includes('@')).length <= 1;
}

function usesOf({ uses }: ImagesContext, image: ImageRecord): readonly ImageUse[] {
  return [...uses()].filter(({ imageId }) => imageId === image.id);
}

/** Why the image cannot be deleted. */
function conflictOf(
  context: ImagesContext,
  image: ImageRecord,
  force: boolean,
): SelkieError<'IMAGE_IN_USE'> | undefined {
  const because = (how: string, why: string) =>
    new SelkieError('IMAGE_IN_USE', { reason: `unable to delete ${shortId(image.id)} (${how}) - ${why}` });
  if (context.store.all().some(({ parent }) => parent === image.id)) {
    return because('cannot be forced', 'image has dependent child images');
  }
  const users = usesOf(context, image);
  const running = users.find((use) => use.running);
  if (running !== undefined) {
    return because('cannot be forced', `image is being used by running container ${running.containerId.slice(0, 12)}`);
  }
  if (force) return undefined;
  if (referencesOf(image).length > 0) return because('must be forced', 'image is referenced in multiple repositories');
  const stopped = users[0];
  if (stopped === undefined) return undefined;
  return because('must be forced', `image is being used by stopped container ${stopped.containerId.slice(0, 12)}`);
}

async function deleteWithParents(
  context: ImagesContext,
  image: ImageRecord,
  prune: boolean,
): Promise<{ id: string; layers: readonly string[] }[]> {
  const deleted: { id: string; layers: readonly string[] }[] = [];
  let next: ImageRecord | undefined = image;
  while (next !== undefined) {
    const current: ImageRecord = next;
    context.store.delete(current.id);
    context.index.changed();
    context.emit('image', 'remove', current.id, current.names[0] ?? current.id, current.config.labels ?? {});
    deleted.push({ id: current.id, layers: await sweepImage(context, current) });
    next = prune ? uselessParent(context, current) : undefined;
  }
  return deleted;
}

/** The image this one was built on, where nothing but this one kept it. */
function uselessParent(context: ImagesContext, { parent }: ImageRecord): ImageRecord | undefined {
  const above = parent === undefined ? undefined : context.store.get(parent);
  if (above === undefined || referencesOf(above).length > 0) return undefined;
  return conflictOf(context, above, false) === undefined ? above : undefined;
}
