import { randomUUID } from 'node:crypto';
import type { NewImage } from './add.ts';
import { layersOf } from './add.ts';
import { collectGarbage } from './collect.ts';
import { parseImageDocument } from './config.ts';
import type { Descriptor } from './content.ts';
import type { ImagesContext, LayerProgress } from './context.ts';
import { sha256 } from './digest.ts';
import { unpack } from './fetch-layers.ts';
import type { Lease } from './leases.ts';
import { isIndexDocument, parseManifest } from './manifest.ts';
import type { StagedFile } from './staging.ts';
import { type ManifestFormat, writeManifest } from './write-manifest.ts';

/** An image's parts, from an archive or made here. */
export interface Parts {
  readonly config: Uint8Array;
  /** The blobs that are not in the content store yet. */
  readonly staged: readonly StagedFile[];
  readonly manifest: ManifestBytes | NewManifest;
}

interface ManifestBytes {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

interface NewManifest {
  readonly format: ManifestFormat;
  /** From the base up. */
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export type Assembled = Omit<NewImage, 'names' | 'repoDigests'>;

/**
 * Stores an image's blobs and unpacks its layers; what is left to do is `addImage`. Until then nothing of it is visible and the lease
 * keeps it.
 * @throws SelkieError REGISTRY for parts that do not fit together, BAD_LAYER, DIGEST_MISMATCH, CANCELLED
 */
export async function assemble(
  context: ImagesContext,
  { config, staged, manifest: source }: Parts,
  lease: Lease,
  signal: AbortSignal,
  report: (progress: LayerProgress) => void = () => {},
): Promise<Assembled> {
  const configDigest = sha256(config);
  const document = parseImageDocument(`config ${configDigest}`, config);
  const { bytes, mediaType } =
    'bytes' in source ? source : written(source, { digest: configDigest, size: config.length });
  const manifestDigest = sha256(bytes);
  const manifest = parseManifest(`manifest ${manifestDigest}`, bytes, mediaType);
  if (isIndexDocument(manifest)) throw new TypeError('an index is no manifest');
  const layers = layersOf(manifest, document);
  lease.extend(
    [manifestDigest, configDigest, ...layers.map(({ digest }) => digest)],
    layers.map(({ chainId }) => chainId),
  );
  await context.content.put(config, manifest.config.digest);
  for (const file of staged) await context.content.adopt(file);
  await context.content.put(bytes, manifestDigest);
  // The disk is written to while the layers are unpacked.
  const synced = context.content.sync(staged.map(({ digest }) => digest));
  synced.catch(() => {});
  let parent: string | undefined;
  for (const layer of layers) {
    await unpack(context, layer, parent, signal, report);
    parent = layer.chainId;
  }
  await synced;
  return { manifest, manifestDigest, manifestSize: bytes.length, document };
}

function written(
  { format, layers, annotations }: NewManifest,
  config: { digest: string; size: number },
): ManifestBytes {
  const { bytes, manifest } = writeManifest(format, { config, layers, ...(annotations && { annotations }) });
  return { bytes, mediaType: manifest.mediaType };
}

/** Does work that brings blobs and layers in. Where it fails, or the service dies in it, nothing of them stays. */
export async function bringingIn<R>(context: ImagesContext, work: (lease: Lease) => Promise<R>): Promise<R> {
  using lease = context.leases.take(randomUUID(), 0);
  try {
    const result = await work(lease);
    lease.release();
    return result;
  } catch (error) {
    lease.release();
    await collectGarbage(context);
    throw error;
  }
}
