import { compressFile, readBlob } from '../compress.ts';
import type { Descriptor } from '../content.ts';
import type { ImagesContext } from '../context.ts';
import type { ImageRecord } from '../record.ts';
import type { Staging } from '../staging.ts';
import {
  compressionOf,
  layerType,
  type ManifestFormat,
  type WrittenManifest,
  writeManifest,
} from '../write-manifest.ts';

/** A blob of an archive and where its bytes are. */
export interface SavedBlob {
  readonly digest: string;
  readonly size: number;
  readonly path: string;
}

export interface PreparedImage {
  readonly image: ImageRecord;
  readonly manifest: WrittenManifest;
  /** Config first, then layers from the base up. */
  readonly blobs: readonly SavedBlob[];
}

/**
 * An image's blobs as they are stored, and a manifest of the given format for them. Its stored manifest is taken where it has that
 * format and nothing of it changes, so that digests stay the same.
 * @param compress layers that are stored plain
 */
export async function prepare(
  { content }: ImagesContext,
  image: ImageRecord,
  { format, compress }: { readonly format: ManifestFormat; readonly compress: boolean },
  staging: Staging,
  signal: AbortSignal,
): Promise<PreparedImage> {
  const config = { digest: image.id, size: image.configSize };
  const blobs: SavedBlob[] = [{ ...config, path: content.path(image.id) }];
  const layers: Descriptor[] = [];
  for (const { digest, blobSize, mediaType } of image.layers) {
    const path = content.path(digest);
    if (compress && compressionOf(mediaType) === 'none') {
      const packed = await compressFile(readBlob(path), { format: 'gzip' }, staging, signal);
      layers.push({ mediaType: layerType(format, 'gzip'), digest: packed.digest, size: packed.size });
      blobs.push(packed);
    } else {
      layers.push({ mediaType, digest, size: blobSize });
      blobs.push({ digest, size: blobSize, path });
    }
  }
  const written = writeManifest(format, { config, layers, annotations: image.annotations });
  const unchanged =
    written.manifest.mediaType === image.manifestMediaType &&
    layers.every((layer, i) => layer.digest === image.layers[i]?.digest);
  if (!unchanged) return { image, manifest: written, blobs };
  const bytes = await content.read(image.manifestDigest);
  return { image, manifest: { ...written, bytes, digest: image.manifestDigest }, blobs };
}
