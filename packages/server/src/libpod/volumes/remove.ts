import { volumeDelete } from '@selkie/contract/libpod/volumes';
import { empty, handler } from '../../http/handler.ts';
import { removeContainers } from '../containers/remove-users.ts';

export const remove = handler(volumeDelete, async ({ path, query, engine, signal }) => {
  engine.volumes.find(path.name);
  if (query.force) {
    const { timeout } = query;
    await removeContainers(engine, engine.volumes.usersOf(path.name), timeout === undefined ? {} : { timeout }, signal);
  }
  // A volume of no name goes with the last container that had it.
  if (!query.force || engine.volumes.has(path.name)) await engine.volumes.remove(path.name);
  return empty(204);
});
