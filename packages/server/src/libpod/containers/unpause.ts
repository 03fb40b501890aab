import { containerUnpause } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const unpause = handler(containerUnpause, async ({ path, engine }) => {
  await engine.containers.unpause(path.name);
  return empty(204);
});
