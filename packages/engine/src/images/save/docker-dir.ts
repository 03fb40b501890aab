import { readBlob } from '../compress.ts';
import type { ImagesContext } from '../context.ts';
import type { ImageRecord } from '../record.ts';
import type { Staging } from '../staging.ts';
import { prepare } from './blobs.ts';
import { file, streamed } from './tar.ts';

/** One image as a flat directory: its blobs by their hex digests, a manifest.json and a version. */
export async function* dockerDir(
  context: ImagesContext,
  image: ImageRecord,
  { compress }: { readonly compress: boolean },
  staging: Staging,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const { manifest, blobs } = await prepare(context, image, { format: 'docker', compress }, staging, signal);
  yield file('version', 'Directory Transport Version: 1.1\n');
  yield file('manifest.json', manifest.bytes);
  const written = new Set<string>();
  for (const { digest, size, path } of blobs) {
    if (written.has(digest)) continue;
    written.add(digest);
    yield* streamed(digest.slice(digest.indexOf(':') + 1), size, readBlob(path));
  }
}
