import { SelkieError } from '@selkie/contract';
import { networkInspect } from '@selkie/contract/docker/networks';
import { handler, json } from '../../http/handler.ts';
import { engineNetwork } from '../containers/present/names.ts';
import { presentNetwork } from './present/network.ts';

/** `verbose` adds what only swarms have. */
export const inspect = handler(networkInspect, ({ path, query, version, engine }) => {
  if (query.scope && query.scope !== 'local') throw new SelkieError('NO_SUCH_NETWORK', { name: path.id });
  return json(200, presentNetwork(engine.networks.find(engineNetwork(path.id)), engine, version));
});
