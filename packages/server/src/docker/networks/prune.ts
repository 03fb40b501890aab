import { networkPrune } from '@selkie/contract/docker/networks';
import { handler, json } from '../../http/handler.ts';
import { orNull } from '../containers/present/names.ts';

export const prune = handler(networkPrune, async ({ query, engine }) => {
  const removed = await engine.networks.prune(query.filters);
  return json(200, { NetworksDeleted: orNull(removed.map(({ name }) => name)) });
});
