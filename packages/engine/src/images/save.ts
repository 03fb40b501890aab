import { randomUUID } from 'node:crypto';
import { SelkieError } from '@selkie/contract';
import { END_OF_ARCHIVE } from '../archive/tar-writer.ts';
import { collectGarbage } from './collect.ts';
import type { ImagesContext } from './context.ts';
import { blobsOf } from './record.ts';
import { dockerArchive } from './save/docker-archive.ts';
import { dockerDir } from './save/docker-dir.ts';
import { ociArchive } from './save/oci-archive.ts';
import { type SavedImage, savedImages } from './save/saved-image.ts';
import type { ShortNames } from './short-names.ts';
import type { Staging } from './staging.ts';

/** The directories come as a tar of what is to be in them. */
export type ArchiveFormat = 'docker-archive' | 'oci-archive' | 'oci-dir' | 'docker-dir';

export interface SaveOptions {
  readonly names: ShortNames;
  readonly signal: AbortSignal;
  readonly format?: ArchiveFormat;
  /** Whether layers that are stored plain are compressed; those of docker-archive never are. */
  readonly compress?: boolean;
  /** Whether the name of a repository alone means all of its tags. */
  readonly allTags?: boolean;
}

/**
 * Writes images to one archive, as a stream. What is asked for is looked up before anything is written.
 * @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, INVALID_PARAMETER
 */
export function save(context: ImagesContext, texts: readonly string[], options: SaveOptions): AsyncIterable<Buffer> {
  const { names, format = 'docker-archive', allTags = false } = options;
  const saved = savedImages(context, texts, names, allTags);
  if (format === 'docker-dir' && saved.length > 1) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'a docker-dir holds one image only' });
  }
  return stream(context, saved, { ...options, format });
}

async function* stream(
  context: ImagesContext,
  saved: readonly SavedImage[],
  options: SaveOptions & { readonly format: ArchiveFormat },
): AsyncGenerator<Buffer> {
  using lease = context.leases.take(randomUUID(), 0);
  lease.extend(
    saved.flatMap(({ image }) => blobsOf(image)),
    [],
  );
  try {
    await using staging = context.content.stage();
    for await (const chunk of members(context, saved, options, staging)) {
      options.signal.throwIfAborted();
      yield chunk;
    }
    yield END_OF_ARCHIVE;
  } finally {
    lease.release();
    // One that was removed meanwhile was kept for us only.
    if (saved.some(({ image }) => context.store.get(image.id) === undefined)) await collectGarbage(context);
  }
}

function members(
  context: ImagesContext,
  saved: readonly SavedImage[],
  { format, compress = false, signal }: SaveOptions & { readonly format: ArchiveFormat },
  staging: Staging,
): AsyncIterable<Buffer> {
  if (format === 'docker-archive') return dockerArchive(context, saved);
  const [first] = saved;
  if (format === 'docker-dir' && first !== undefined)
    return dockerDir(context, first.image, { compress }, staging, signal);
  return ociArchive(context, saved, { compress }, staging, signal);
}
