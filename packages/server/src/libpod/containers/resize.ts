import { isSelkieError } from '@selkie/contract';
import { containerResize } from '@selkie/contract/libpod/container-streams';
import { empty, handler } from '../../http/handler.ts';

export const resize = handler(containerResize, async ({ path, query, engine }) => {
  const { h = 0, w = 0 } = query;
  try {
    await engine.containers.resize(path.name, { height: h, width: w });
  } catch (error) {
    // `running`: a terminal that has gone meanwhile is nobody's fault.
    if (!(query.running && isSelkieError(error, 'CONTAINER_NOT_RUNNING'))) throw error;
  }
  return empty(200);
});
