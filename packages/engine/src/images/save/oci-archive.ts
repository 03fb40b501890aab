import { readBlob } from '../compress.ts';
import type { Descriptor } from '../content.ts';
import type { ImagesContext } from '../context.ts';
import { blobPath } from '../load/members.ts';
import type { Staging } from '../staging.ts';
import { type PreparedImage, prepare } from './blobs.ts';
import { IMAGE_LAYOUT, layoutIndex, referenceAnnotation } from './oci-index.ts';
import type { SavedImage } from './saved-image.ts';
import { directory, file, streamed } from './tar.ts';

/** An OCI image layout with the layers as they are stored. */
export async function* ociArchive(
  context: ImagesContext,
  saved: readonly SavedImage[],
  { compress }: { readonly compress: boolean },
  staging: Staging,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const prepared: PreparedImage[] = [];
  const described: Descriptor[] = [];
  for (const { image, names } of saved) {
    const one = await prepare(context, image, { format: 'oci', compress }, staging, signal);
    const { bytes, digest, mediaType } = one.manifest;
    const descriptor = { mediaType, digest, size: bytes.length };
    if (names.length === 0) described.push(descriptor);
    for (const name of names) described.push({ ...descriptor, annotations: referenceAnnotation(name) });
    prepared.push(one);
  }
  yield file('oci-layout', IMAGE_LAYOUT);
  yield file('index.json', layoutIndex(described));
  yield directory('blobs');
  yield directory('blobs/sha256');
  const written = new Set<string>();
  for (const { manifest, blobs } of prepared) {
    if (written.has(manifest.digest)) continue;
    written.add(manifest.digest);
    yield file(blobPath(manifest.digest), manifest.bytes);
    for (const { digest, size, path } of blobs) {
      if (written.has(digest)) continue;
      written.add(digest);
      yield* streamed(blobPath(digest), size, readBlob(path));
    }
  }
}
