import { containerPause } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const pause = handler(containerPause, async ({ path, engine }) => {
  await engine.containers.pause(path.id);
  return empty(204);
});
