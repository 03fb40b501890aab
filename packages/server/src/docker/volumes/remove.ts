import { volumeDelete } from '@selkie/contract/docker/volumes';
import { empty, handler } from '../../http/handler.ts';

/** Force means that there need not be one; it takes none away from a container. */
export const remove = handler(volumeDelete, async ({ path, query, engine }) => {
  if (!query.force || engine.volumes.has(path.name)) await engine.volumes.remove(path.name);
  return empty(204);
});
