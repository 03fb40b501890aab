import { isSelkieError } from '@selkie/contract';
import { execResize } from '@selkie/contract/libpod/exec';
import { empty, handler } from '../../http/handler.ts';

export const resize = handler(execResize, async ({ path, query, engine }) => {
  const { h = 0, w = 0 } = query;
  try {
    await engine.execs.resize(path.id, { height: h, width: w });
  } catch (error) {
    // `running`: a terminal that has gone meanwhile is nobody's fault.
    if (!(query.running && isSelkieError(error, 'CONFLICT'))) throw error;
  }
  return empty(201);
});
