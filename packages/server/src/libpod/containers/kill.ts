import { containerKill } from '@selkie/contract/libpod/container-lifecycle';
import { empty, handler } from '../../http/handler.ts';

export const kill = handler(containerKill, async ({ path, query, engine }) => {
  await engine.containers.kill(path.name, query.signal || 'SIGKILL');
  return empty(204);
});
