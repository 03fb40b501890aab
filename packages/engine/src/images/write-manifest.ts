import type { Descriptor } from './content.ts';
import { sha256 } from './digest.ts';
import type { Manifest } from './manifest.ts';
import {
  DOCKER_CONFIG,
  DOCKER_LAYER,
  DOCKER_LAYER_PLAIN,
  DOCKER_MANIFEST,
  OCI_CONFIG,
  OCI_LAYER,
  OCI_LAYER_GZIP,
  OCI_LAYER_ZSTD,
  OCI_MANIFEST,
} from './media-types.ts';

export type ManifestFormat = 'docker' | 'oci';

export interface WrittenManifest {
  readonly manifest: Manifest;
  readonly bytes: Buffer;
  readonly digest: string;
}

/** Where the config and layers of a manifest are, and what they are. */
export interface ManifestParts {
  readonly config: Pick<Descriptor, 'digest' | 'size'>;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * Writes a manifest. Docker's format has no word for zstd nor for annotations: with zstd layers the manifest is OCI's whatever is asked
 * for, and annotations are left out of Docker's.
 */
export function writeManifest(
  asked: ManifestFormat,
  { config, layers, annotations = {} }: ManifestParts,
): WrittenManifest {
  const zstd = layers.some(({ mediaType }) => compressionOf(mediaType) === 'zstd');
  const format = zstd ? 'oci' : asked;
  const noted = format === 'oci' && Object.keys(annotations).length > 0 ? { annotations } : {};
  const typed = (mediaType: string, { digest, size }: Pick<Descriptor, 'digest' | 'size'>): Descriptor => ({
    mediaType,
    digest,
    size,
  });
  const document = {
    schemaVersion: 2,
    mediaType: format === 'docker' ? DOCKER_MANIFEST : OCI_MANIFEST,
    config: typed(format === 'docker' ? DOCKER_CONFIG : OCI_CONFIG, config),
    layers: layers.map((layer) => typed(layerType(format, compressionOf(layer.mediaType)), layer)),
    ...noted,
  };
  const bytes = Buffer.from(JSON.stringify(document));
  const { mediaType, config: described, layers: typedLayers } = document;
  const manifest = { mediaType, config: described, layers: typedLayers, annotations: noted.annotations ?? {} };
  return { manifest, bytes, digest: sha256(bytes) };
}

export function formatOf(manifestMediaType: string): ManifestFormat {
  return manifestMediaType === DOCKER_MANIFEST ? 'docker' : 'oci';
}

export type LayerCompression = 'none' | 'gzip' | 'zstd';

/** What a layer's media type says of its compression. */
export function compressionOf(mediaType: string): LayerCompression {
  if (/[+.]gzip$/.test(mediaType)) return 'gzip';
  return /[+.]zstd$/.test(mediaType) ? 'zstd' : 'none';
}

export function layerType(format: ManifestFormat, compression: LayerCompression): string {
  if (compression === 'zstd') return OCI_LAYER_ZSTD;
  if (format === 'docker') return compression === 'gzip' ? DOCKER_LAYER : DOCKER_LAYER_PLAIN;
  return compression === 'gzip' ? OCI_LAYER_GZIP : OCI_LAYER;
}
