import { containerRestart } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { stopOptions } from './stop-options.ts';

export const restart = handler(containerRestart, async ({ path, query, engine, signal }) => {
  await engine.containers.restart(path.id, stopOptions(query), signal);
  return empty(204);
});
