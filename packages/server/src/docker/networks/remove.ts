import { SelkieError } from '@selkie/contract';
import { networkDelete } from '@selkie/contract/docker/networks';
import { isPredefined } from '@selkie/engine/networks/predefined';
import { empty, handler } from '../../http/handler.ts';
import { engineNetwork, networkName } from '../containers/present/names.ts';

export const remove = handler(networkDelete, async ({ path, engine }) => {
  const network = engine.networks.find(engineNetwork(path.id));
  if (isPredefined(network)) throw new SelkieError('NETWORK_PREDEFINED', { name: networkName(network.name) });
  await engine.networks.remove(network.id, { ignoreStopped: true });
  return empty(204);
});
