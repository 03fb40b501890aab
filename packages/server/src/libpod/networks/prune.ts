import { networkPrune } from '@selkie/contract/libpod/networks';
import { handler, json } from '../../http/handler.ts';

export const prune = handler(networkPrune, async ({ query, engine }) => {
  const removed = await engine.networks.prune(query.filters);
  return json(
    200,
    removed.map(({ name }) => ({ Name: name, Error: null })),
  );
});
