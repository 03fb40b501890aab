import { isSelkieError } from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { FileChange } from '@selkie/engine/containers/changes';
import { invalid, unsupported } from '../translate/refuse.ts';

interface ChangesQuery {
  readonly parent?: string;
  readonly diffType?: string;
}

/** Both groups of paths take names of containers and of images: `diffType` tells which are meant. */
export async function changesOf(
  engine: Engine,
  name: string,
  { parent, diffType }: ChangesQuery,
  fallback: 'container' | 'image',
  signal: AbortSignal,
): Promise<FileChange[]> {
  if (parent) unsupported('parent', 'a container is compared with its image, an image with what it stands on');
  const ofContainer = () => engine.containers.changes(name, signal);
  const ofImage = () => engine.images.changes(engine.images.find(name, engine.shortNames), signal);
  switch (diffType || fallback) {
    case 'container':
      return ofContainer();
    case 'image':
      return ofImage();
    case 'all':
      try {
        return await ofContainer();
      } catch (error) {
        if (isSelkieError(error, 'NO_SUCH_CONTAINER')) return ofImage();
        throw error;
      }
    default:
      return invalid(`invalid diffType ${JSON.stringify(diffType)}`);
  }
}
