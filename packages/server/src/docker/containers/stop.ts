import { containerStop } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { stopOptions } from './stop-options.ts';

export const stop = handler(containerStop, async ({ path, query, engine, signal }) => {
  await engine.containers.stop(path.id, stopOptions(query), signal);
  return empty(204);
});
