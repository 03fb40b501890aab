import { containerRename } from '@selkie/contract/libpod/containers';
import { empty, handler } from '../../http/handler.ts';

export const rename = handler(containerRename, async ({ path, query, engine }) => {
  await engine.containers.rename(path.name, query.name);
  return empty(204);
});
