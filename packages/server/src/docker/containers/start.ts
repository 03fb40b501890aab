import { containerStart } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { parseDetachKeys } from '../../stdio/detach-keys.ts';

export const start = handler(containerStart, async ({ path, query, engine, signal }) => {
  // The keys belong to attach; they are checked here as docker does.
  parseDetachKeys(query.detachKeys ?? '');
  await engine.containers.start(path.id, signal);
  return empty(204);
});
