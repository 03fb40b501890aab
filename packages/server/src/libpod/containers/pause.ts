import { containerPause } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const pause = handler(containerPause, async ({ path, engine }) => {
  await engine.containers.pause(path.name);
  return empty(204);
});
