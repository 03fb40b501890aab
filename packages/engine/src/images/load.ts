import { isSelkieError, SelkieError } from '@selkie/contract';
import { ArchiveError } from '../archive/errors.ts';
import { addImage } from './add.ts';
import { assemble, bringingIn, type Parts } from './assemble.ts';
import type { ImagesContext, LayerProgress } from './context.ts';
import { sha256 } from './digest.ts';
import type { Lease } from './leases.ts';
import type { ArchiveImage, ArchiveName } from './load/archive-image.ts';
import { dockerArchive } from './load/docker-archive.ts';
import type { Members } from './load/members.ts';
import { ociLayout } from './load/oci-layout.ts';
import { spool } from './load/spool.ts';
import type { Platform } from './platform.ts';
import { blobsOf, chainIdsOf, type ImageRecord } from './record.ts';
import { formatReference, onDockerHub, parseReference, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';
import { addNames } from './tag.ts';

export interface LoadOptions {
  readonly names: ShortNames;
  readonly signal: AbortSignal;
  /** Which image of a list of several platforms. */
  readonly platform?: Platform;
  readonly onProgress?: (progress: LayerProgress) => void;
}

export interface LoadedImage {
  readonly image: ImageRecord;
  /** Full names it got. */
  readonly names: readonly string[];
}

/**
 * Takes the images of an archive: docker's, or an OCI image layout in a tar, compressed or not, told by what is in it. Either all of
 * them are listed when it returns or nothing of the archive is left.
 * @throws SelkieError INVALID_PARAMETER for what is no such archive, BAD_LAYER, DIGEST_MISMATCH, CANCELLED
 */
export async function load(
  context: ImagesContext,
  archive: AsyncIterable<Buffer>,
  options: LoadOptions,
): Promise<LoadedImage[]> {
  const { names, signal } = options;
  try {
    await using staging = context.content.stage();
    const members = await spool(archive, staging, signal);
    const images = await imagesOf(members, options.platform);
    const loaded = await bringingIn(context, async (lease) => {
      const ready = [];
      for (const { parts, names: written } of images) {
        const full = [...new Set(written.flatMap((name) => storedName(name, names)))];
        ready.push({ full, image: await preparedImage(context, parts, lease, options) });
      }
      return ready.map(({ full, image }) => ({ names: full, image: image(full) }));
    });
    context.index.changed();
    for (const {
      image,
      names: [name = image.id],
    } of loaded) {
      context.emit('image', 'load', image.id, name, image.config.labels ?? {});
    }
    return loaded;
  } catch (error) {
    signal.throwIfAborted();
    throw wordedFor(error);
  }
}

async function imagesOf(members: Members, platform: Platform | undefined): Promise<ArchiveImage[]> {
  const isLayout = members.find('oci-layout') !== undefined && members.find('index.json') !== undefined;
  const isDocker = members.find('manifest.json') !== undefined;
  if (!isLayout && !isDocker) throw new ArchiveError('it has neither a manifest.json nor an index.json');
  const images = isLayout ? await ociLayout(members, platform) : await dockerArchive(members);
  if (images.length === 0) throw new ArchiveError('it has no image for this platform');
  return images;
}

/** Does all that takes time; what is returned lists the image under its names. */
async function preparedImage(
  context: ImagesContext,
  parts: Parts,
  lease: Lease,
  { signal, onProgress }: LoadOptions,
): Promise<(names: readonly string[]) => ImageRecord> {
  const known = context.store.get(sha256(parts.config));
  if (known === undefined) {
    const assembled = await assemble(context, parts, lease, signal, onProgress);
    return (names) => addImage(context, { ...assembled, names, repoDigests: [] });
  }
  // What is here keeps its blobs and digests: the archive only has other names for it. It may be removed until all is ready.
  lease.extend(blobsOf(known), chainIdsOf(known));
  return (names) => addNames(context, context.store.get(known.id) ?? known, names);
}

/** A name with a digest says where the image was, not what it is to be called. @throws ArchiveError for what is no name */
function storedName({ text, origin }: ArchiveName, names: ShortNames): string[] {
  try {
    const reference = withDefaultTag(parseReference(text));
    if (reference.digest !== undefined) return [];
    return [formatReference(origin === 'docker' ? onDockerHub(reference) : names.stored(reference))];
  } catch (cause) {
    if (!isSelkieError(cause)) throw cause;
    throw new ArchiveError(`${JSON.stringify(text)} is no name of an image`, { cause });
  }
}

/** Documents that are malformed are the archive's fault here, not a registry's. */
function wordedFor(error: unknown): unknown {
  const fault = error instanceof ArchiveError || isSelkieError(error, 'REGISTRY');
  if (!fault) return error;
  return new SelkieError('INVALID_PARAMETER', { reason: `invalid image archive: ${error.message}` }, { cause: error });
}
