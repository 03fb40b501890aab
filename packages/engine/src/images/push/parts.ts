import { decompress } from '../../archive/decompress.ts';
import { type CompressionChoice, compressFile, readBlob } from '../compress.ts';
import type { Descriptor } from '../content.ts';
import type { ImagesContext } from '../context.ts';
import type { ImageLayer, ImageRecord } from '../record.ts';
import type { StagedFile, Staging } from '../staging.ts';
import { compressionOf, formatOf, layerType, type ManifestFormat, writeManifest } from '../write-manifest.ts';

export interface PushShape {
  /** Undefined: the one the image is stored in. */
  readonly format?: ManifestFormat;
  /** For layers that are stored plain; gzip where undefined. */
  readonly compression?: CompressionChoice;
  /** Also for layers that are stored in another compression. */
  readonly recompress?: boolean;
}

/** A layer as it is sent. */
export interface PushedLayer {
  readonly layer: ImageLayer;
  readonly descriptor: Descriptor;
  readonly path: string;
  /** What was made for it; undefined where it goes as it is stored. */
  readonly made?: StagedFile;
}

/** Gives a layer the form it is sent in. */
export async function layerToPush(
  { content, compressions }: ImagesContext,
  image: ImageRecord,
  layer: ImageLayer,
  { format = formatOf(image.manifestMediaType), compression = { format: 'gzip' }, recompress = false }: PushShape,
  staging: Staging,
  signal: AbortSignal,
): Promise<PushedLayer> {
  const { digest, mediaType, blobSize } = layer;
  const stored = compressionOf(mediaType);
  const path = content.path(digest);
  const asIs = stored === 'none' ? false : !recompress || stored === compression.format;
  if (asIs) return { layer, descriptor: { mediaType, digest, size: blobSize }, path };
  const made = await compressions.run(signal, () =>
    compressFile(decompress(readBlob(path)), compression, staging, signal),
  );
  const descriptor = { mediaType: layerType(format, compression.format), digest: made.digest, size: made.size };
  return { layer, descriptor, path: made.path, made };
}

/** The manifest for the layers sent: the stored one, byte by byte, where nothing of it changes. */
export async function manifestToPush(
  { content }: ImagesContext,
  image: ImageRecord,
  pushed: readonly PushedLayer[],
  format: ManifestFormat = formatOf(image.manifestMediaType),
): Promise<{ mediaType: string; digest: string; bytes: Uint8Array }> {
  const { manifestMediaType: mediaType, manifestDigest: digest } = image;
  if (format === formatOf(mediaType) && pushed.every(({ made }) => made === undefined)) {
    return { mediaType, digest, bytes: await content.read(digest) };
  }
  const layers = pushed.map(({ descriptor }) => descriptor);
  const config = { digest: image.id, size: image.configSize };
  const {
    manifest,
    bytes,
    digest: written,
  } = writeManifest(format, { config, layers, annotations: image.annotations });
  return { mediaType: manifest.mediaType, digest: written, bytes };
}
