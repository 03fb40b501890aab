import type { Descriptor } from './content.ts';
import type { ImagesContext } from './context.ts';
import { isIndexDocument, parseManifest } from './manifest.ts';
import type { ImageRecord } from './record.ts';

/** The manifests of the index an image came out of, of which one is here; without an index that one alone. */
export async function variants({ content }: ImagesContext, image: ImageRecord): Promise<readonly Descriptor[]> {
  const { indexDigest, manifestDigest: digest, manifestMediaType: mediaType, manifestSize: size } = image;
  if (indexDigest !== undefined) {
    const index = parseManifest(indexDigest, await content.read(indexDigest), '');
    if (isIndexDocument(index)) return index.manifests;
  }
  return [{ mediaType, digest, size }];
}
