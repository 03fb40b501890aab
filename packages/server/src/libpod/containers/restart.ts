import { containerRestart } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';
import { stopTimeout } from './stop-timeout.ts';

export const restart = handler(containerRestart, async ({ path, query, engine, signal }) => {
  await engine.containers.restart(path.name, stopTimeout(query), signal);
  return empty(204);
});
