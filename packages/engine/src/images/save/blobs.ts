import type { FetchedManifest } from '../../ports/registry.ts';
import type { ImagesContext } from '../context.ts';
import { layerToPush, manifestToPush, type PushedLayer } from '../push/parts.ts';
import type { ImageRecord } from '../record.ts';
import type { Staging } from '../staging.ts';
import type { ManifestFormat } from '../write-manifest.ts';

/** A blob of an archive and where its bytes are. */
export interface SavedBlob {
  readonly digest: string;
  readonly size: number;
  readonly path: string;
}

export interface PreparedImage {
  readonly manifest: FetchedManifest;
  /** Config first, then layers from the base up. */
  readonly blobs: readonly SavedBlob[];
}

/**
 * An image's blobs as they are stored, and a manifest of the given format for them. Its stored manifest is taken where it has that
 * format and nothing of it changes, so that digests stay the same.
 * @param compress layers that are stored plain
 */
export async function prepare(
  context: ImagesContext,
  image: ImageRecord,
  { format, compress }: { readonly format: ManifestFormat; readonly compress: boolean },
  staging: Staging,
  signal: AbortSignal,
): Promise<PreparedImage> {
  const { content } = context;
  const layers = await Promise.all(
    image.layers.map(async (layer): Promise<PushedLayer> => {
      if (compress) return layerToPush(context, image, layer, { format }, staging, signal);
      const { digest, mediaType, blobSize: size } = layer;
      return { layer, descriptor: { mediaType, digest, size }, path: content.path(digest) };
    }),
  );
  const config = { digest: image.id, size: image.configSize, path: content.path(image.id) };
  const blobs = layers.map(({ descriptor: { digest, size }, path }) => ({ digest, size, path }));
  return { manifest: await manifestToPush(context, image, layers, format), blobs: [config, ...blobs] };
}
