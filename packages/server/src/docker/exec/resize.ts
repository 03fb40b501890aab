import { execResize } from '@selkie/contract/docker/exec';
import { empty, handler } from '../../http/handler.ts';

export const resize = handler(execResize, async ({ path, query, engine }) => {
  await engine.execs.resize(path.id, { height: query.h, width: query.w });
  return empty(200);
});
