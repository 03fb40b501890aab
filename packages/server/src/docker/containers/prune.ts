import { containerPrune } from '@selkie/contract/docker/containers';
import { handler, json } from '../../http/handler.ts';

export const prune = handler(containerPrune, async ({ query, engine, signal }) => {
  const { removed } = await engine.containers.prune(query.filters, signal);
  return json(200, {
    ContainersDeleted: removed.length > 0 ? removed.map(({ id }) => id) : null,
    SpaceReclaimed: removed.reduce((sum, { size }) => sum + size, 0),
  });
});
