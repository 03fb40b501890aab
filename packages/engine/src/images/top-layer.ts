import type { FileChange } from '../containers/changes.ts';
import { shownChange } from '../containers/changes.ts';
import type { ImagesContext } from './context.ts';
import type { ImageRecord } from './record.ts';

/** What an image's top layer changes of those below. */
export async function changesOf(
  { snapshots, trees }: ImagesContext,
  image: ImageRecord,
  signal: AbortSignal,
): Promise<FileChange[]> {
  const [upper, ...lowers] = image.layers.flatMap(({ chainId }) => snapshots.directoryOf(chainId) ?? []).reverse();
  if (upper === undefined) return [];
  const changes = await trees.changes({ upper, lowers, mountPoints: [] }, signal);
  return changes.map(shownChange);
}
