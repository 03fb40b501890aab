import { containerInit } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const init = handler(containerInit, async ({ path, engine, signal }) => {
  await engine.containers.init(path.name, signal);
  return empty(204);
});
