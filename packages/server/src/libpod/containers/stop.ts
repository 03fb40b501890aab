import { isSelkieError } from '@selkie/contract';
import { containerStop } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { stopTimeout } from './stop-timeout.ts';

export const stop = handler(containerStop, async ({ path, query, engine, signal }) => {
  try {
    await engine.containers.stop(path.name, stopTimeout(query), signal);
  } catch (error) {
    if (!(query.ignore && isSelkieError(error, 'NOT_MODIFIED'))) throw error;
  }
  return empty(204);
});
