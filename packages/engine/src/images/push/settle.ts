import type { FetchedManifest } from '../../ports/registry.ts';
import type { ImagesContext } from '../context.ts';
import type { Lease } from '../leases.ts';
import type { ImageRecord } from '../record.ts';
import type { PushedLayer } from './parts.ts';

/**
 * Gives an image whose layers were stored plain the form it was sent in: its digests are then those of the registry, the next push needs
 * no compressing, and it takes less room. Its ID stays, and the plain layers are nobody's any more.
 */
export async function settle(
  context: ImagesContext,
  image: ImageRecord,
  pushed: readonly PushedLayer[],
  manifest: FetchedManifest,
  lease: Lease,
): Promise<void> {
  const { content, store } = context;
  lease.extend([manifest.digest, ...pushed.map(({ descriptor }) => descriptor.digest)], []);
  const made = pushed.flatMap((layer) => layer.made ?? []);
  for (const file of made) await content.adopt(file);
  await content.sync(made.map(({ digest }) => digest));
  await content.put(manifest.bytes, manifest.digest);
  const now = store.get(image.id);
  // Removed meanwhile, or settled by another push.
  if (now === undefined || now.manifestDigest !== image.manifestDigest) return;
  const { indexDigest: _, indexMediaType: __, indexSize: ___, ...kept } = now;
  store.put({
    ...kept,
    manifestDigest: manifest.digest,
    manifestMediaType: manifest.mediaType,
    manifestSize: manifest.bytes.length,
    layers: pushed.map(({ layer, descriptor: { digest, mediaType, size } }) => ({
      ...layer,
      digest,
      mediaType,
      blobSize: size,
    })),
  });
  context.index.changed();
}
