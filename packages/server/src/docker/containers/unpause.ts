import { containerUnpause } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const unpause = handler(containerUnpause, async ({ path, engine }) => {
  await engine.containers.unpause(path.id);
  return empty(204);
});
