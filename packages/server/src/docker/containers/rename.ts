import { containerRename } from '@selkie/contract/docker/containers';
import { empty, handler } from '../../http/handler.ts';

export const rename = handler(containerRename, async ({ path, query, engine }) => {
  await engine.containers.rename(path.id, query.name);
  return empty(204);
});
