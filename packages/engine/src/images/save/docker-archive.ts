import { decompress } from '../../archive/decompress.ts';
import { readBlob } from '../compress.ts';
import type { Descriptor } from '../content.ts';
import type { ImagesContext } from '../context.ts';
import { blobPath } from '../load/members.ts';
import { OCI_LAYER } from '../media-types.ts';
import type { ImageLayer, ImageRecord } from '../record.ts';
import { familiar, familiarName, parseStored } from '../reference.ts';
import { writeManifest } from '../write-manifest.ts';
import { IMAGE_LAYOUT, layoutIndex, nameAnnotations } from './oci-index.ts';
import type { SavedImage } from './saved-image.ts';
import { directory, file, streamed } from './tar.ts';

/**
 * The archive `docker save` writes and every engine loads: the layers uncompressed, a manifest.json that names them, and around both
 * an OCI image layout.
 */
export async function* dockerArchive(context: ImagesContext, saved: readonly SavedImage[]): AsyncGenerator<Buffer> {
  const sizes = await layerSizes(context, saved);
  const manifests = new Map(saved.map(({ image }) => [image.id, plainManifest(image, sizes)]));
  const described = saved.flatMap(({ image, names }): Descriptor[] => {
    const { bytes, digest, manifest } = manifests.get(image.id) ?? plainManifest(image, sizes);
    const descriptor = { mediaType: manifest.mediaType, digest, size: bytes.length };
    return names.length === 0
      ? [descriptor]
      : names.map((name) => ({ ...descriptor, annotations: nameAnnotations(name) }));
  });
  yield file('oci-layout', IMAGE_LAYOUT);
  yield file('index.json', layoutIndex(described));
  yield file('manifest.json', JSON.stringify(saved.map(listing)));
  const repositories = repositoriesOf(saved);
  if (Object.keys(repositories).length > 0) yield file('repositories', JSON.stringify(repositories));
  yield directory('blobs');
  yield directory('blobs/sha256');
  for (const { digest, bytes } of manifests.values()) yield file(blobPath(digest), bytes);
  for (const { image } of saved) yield file(blobPath(image.id), await context.content.read(image.id));
  const written = new Set<string>();
  for (const layer of saved.flatMap(({ image }) => image.layers)) {
    if (written.has(layer.diffId)) continue;
    written.add(layer.diffId);
    const tar = decompress(readBlob(context.content.path(layer.digest)));
    yield* streamed(blobPath(layer.diffId), sizes.get(layer.diffId) ?? 0, tar);
  }
}

function plainManifest(image: ImageRecord, sizes: ReadonlyMap<string, number>) {
  const layers = image.layers.map(({ diffId }) => ({
    mediaType: OCI_LAYER,
    digest: diffId,
    size: sizes.get(diffId) ?? 0,
  }));
  return writeManifest('oci', { config: { digest: image.id, size: image.configSize }, layers });
}

function listing({ image, names }: SavedImage): object {
  return {
    Config: blobPath(image.id),
    RepoTags: names.length === 0 ? null : names.map((name) => familiar(parseStored(name))),
    Layers: image.layers.map(({ diffId }) => blobPath(diffId)),
  };
}

/** What loaders of old read: repository → tag → the top layer. */
function repositoriesOf(saved: readonly SavedImage[]): Record<string, Record<string, string>> {
  const repositories = new Map<string, [tag: string, layer: string][]>();
  for (const { image, names } of saved) {
    const top = image.layers.at(-1)?.diffId.replace('sha256:', '') ?? '';
    for (const reference of names.map(parseStored)) {
      const name = familiarName(reference);
      repositories.set(name, [...(repositories.get(name) ?? []), [reference.tag ?? 'latest', top]]);
    }
  }
  return Object.fromEntries([...repositories].map(([name, tags]) => [name, Object.fromEntries(tags)]));
}

/** Bytes of each layer's tar: what an archive's header says before the data is known. */
async function layerSizes(context: ImagesContext, saved: readonly SavedImage[]): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const layer of saved.flatMap(({ image }) => image.layers)) {
    if (!sizes.has(layer.diffId)) sizes.set(layer.diffId, await tarSize(context, layer));
  }
  return sizes;
}

async function tarSize({ store, content }: ImagesContext, { chainId, digest }: ImageLayer): Promise<number> {
  const known = store.layer(chainId)?.tarSize;
  if (known !== undefined) return known;
  let size = 0;
  for await (const chunk of decompress(readBlob(content.path(digest)))) size += chunk.length;
  return size;
}
