import { containerStart } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { parseDetachKeys } from '../../stdio/detach-keys.ts';

export const start = handler(containerStart, async ({ path, query, engine, signal }) => {
  // The keys belong to attach; a client that sends bad ones hears of it here already.
  parseDetachKeys(query.detachKeys ?? '');
  await engine.containers.start(path.name, signal);
  return empty(204);
});
