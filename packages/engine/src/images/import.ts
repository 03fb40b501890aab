import { SelkieError } from '@selkie/contract';
import { decompressAny } from '../archive/decompress.ts';
import { ArchiveError } from '../archive/errors.ts';
import { TarReader } from '../archive/tar-reader.ts';
import { applyChanges } from './changes.ts';
import { addLayer } from './commit.ts';
import type { ImagesContext } from './context.ts';
import { fetchUrl } from './fetch-url.ts';
import type { Platform } from './platform.ts';
import type { ImageRecord } from './record.ts';
import type { ShortNames } from './short-names.ts';
import type { ManifestFormat } from './write-manifest.ts';

export interface ImportOptions {
  readonly names: ShortNames;
  readonly signal: AbortSignal;
  /** Name it gets; undefined: none. */
  readonly name?: string;
  /** Instructions for its config. */
  readonly changes?: readonly string[];
  readonly message?: string;
  readonly platform?: Platform;
  readonly format?: ManifestFormat;
}

/**
 * Makes an image of one layer out of the tar of a root filesystem, compressed or not.
 * @param source the tar, or where it is to be fetched from
 * @throws SelkieError INVALID_PARAMETER for a name, a change or a tar that is none, BAD_LAYER, CANCELLED
 */
export async function importImage(
  context: ImagesContext,
  source: AsyncIterable<Buffer> | URL,
  options: ImportOptions,
): Promise<ImageRecord> {
  const { names, signal, name, changes = [], message, platform, format = 'oci' } = options;
  const config = applyChanges({}, changes);
  const archive = source instanceof URL ? await fetchUrl(source, signal) : source;
  try {
    const image = await addLayer(context, {
      tar: checked(decompressAny(archive)),
      config,
      step: { ...(message ? { comment: message } : {}) },
      format,
      names,
      signal,
      ...(name ? { name } : {}),
      ...(platform && { platform }),
    });
    context.emit('image', 'import', image.id, image.names[0] ?? image.id, image.config.labels ?? {});
    return image;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ArchiveError)) throw error;
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid archive: ${error.message}` }, { cause: error });
  }
}

/** Passes a tar on, as far as it is one: what is none is told by its first bytes and not after all of it was stored. */
async function* checked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new TarReader({ begin() {}, data() {}, finish() {} });
  let bytes = 0;
  for await (const chunk of source) {
    reader.push(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  if (bytes === 0) throw new ArchiveError('it is empty');
  reader.end();
}
