import { volumePrune } from '@selkie/contract/libpod/volumes';
import { handler, json } from '../../http/handler.ts';

/** Named ones too. */
export const prune = handler(volumePrune, async ({ query, engine, signal }) => {
  const removed = await engine.volumes.prune(query.filters, signal);
  return json(
    200,
    removed.map(({ volume, size }) => ({ Id: volume.name, Size: size })),
  );
});
