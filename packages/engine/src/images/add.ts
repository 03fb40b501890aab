import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import type { ImageDocument } from './config.ts';
import type { Descriptor } from './content.ts';
import type { ImagesContext } from './context.ts';
import { chainIds } from './digest.ts';
import type { Manifest } from './manifest.ts';
import type { ImageLayer, ImageRecord } from './record.ts';

export interface NewImage {
  readonly manifest: Manifest;
  readonly manifestDigest: string;
  readonly manifestSize: number;
  readonly document: ImageDocument;
  /** The index it came out of. */
  readonly index?: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;
  /** Full names with tag it gets; taken from other images that have them. */
  readonly names: readonly string[];
  /** `repository@digest` it is known to be pullable by. */
  readonly repoDigests: readonly string[];
  readonly parent?: string;
}

/**
 * Makes an image of parts that are all here: blobs in the content store, layers unpacked. From the moment this returns the image is listed.
 * Names and digests it already has stay.
 */
export function addImage({ store }: ImagesContext, added: NewImage): ImageRecord {
  const { manifest, document, names, index } = added;
  const id = manifest.config.digest;
  const known = store.get(id);
  const layers = layersOf(manifest, document).map((layer): ImageLayer => {
    const size = store.layer(layer.chainId)?.size;
    if (size === undefined) throw new SelkieError('INTERNAL', { reason: `layer ${layer.chainId} is not unpacked` });
    return { ...layer, size };
  });
  const { diffIds: _, ...described } = document;
  const parent = added.parent ?? known?.parent;
  const lastTagged = names.length > 0 ? timestamp() : known?.lastTagged;
  const record: ImageRecord = {
    ...described,
    id,
    names: union(known?.names, names),
    namesHistory: union(names, known?.namesHistory),
    repoDigests: union(added.repoDigests, known?.repoDigests),
    manifestDigest: added.manifestDigest,
    manifestMediaType: manifest.mediaType,
    manifestSize: added.manifestSize,
    configSize: manifest.config.size,
    annotations: manifest.annotations,
    size: layers.reduce((sum, layer) => sum + layer.size, 0),
    layers,
    ...(index && { indexDigest: index.digest, indexMediaType: index.mediaType, indexSize: index.size }),
    ...(parent !== undefined && { parent }),
    ...(lastTagged !== undefined && { lastTagged }),
  };
  store.put(record);
  return record;
}

/** A manifest's layers with the IDs the config gives them. @throws SelkieError REGISTRY where the two do not fit together */
export function layersOf(manifest: Manifest, document: ImageDocument): Omit<ImageLayer, 'size'>[] {
  const { diffIds } = document;
  if (diffIds.length !== manifest.layers.length) {
    const reason = `config ${manifest.config.digest} has ${diffIds.length} layers, its manifest ${manifest.layers.length}`;
    throw new SelkieError('REGISTRY', { reason });
  }
  const chain = chainIds(diffIds);
  return manifest.layers.map(({ digest, mediaType, size }, i) => ({
    digest,
    mediaType,
    blobSize: size,
    diffId: diffIds[i] ?? '',
    chainId: chain[i] ?? '',
  }));
}

function union(first: readonly string[] = [], second: readonly string[] = []): string[] {
  return [...new Set([...first, ...second])];
}
