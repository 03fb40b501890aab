import { containerDelete } from '@selkie/contract/docker/containers';
import { empty, handler } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';

export const remove = handler(containerDelete, async ({ path, query, engine, signal }) => {
  if (query.link) unsupported('link', 'links between containers are not there');
  await engine.containers.remove(path.id, { force: query.force, volumes: query.v }, signal);
  return empty(204);
});
