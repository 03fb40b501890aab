import { containerResize } from '@selkie/contract/docker/container-streams';
import { empty, handler } from '../../http/handler.ts';

export const resize = handler(containerResize, async ({ path, query, engine }) => {
  await engine.containers.resize(path.id, { height: query.h, width: query.w });
  return empty(200);
});
