import { containerKill } from '@selkie/contract/docker/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const kill = handler(containerKill, async ({ path, query, engine }) => {
  await engine.containers.kill(path.id, query.signal || 'SIGKILL');
  return empty(204);
});
