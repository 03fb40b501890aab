import { SelkieError } from '@selkie/contract';
import { networkDelete } from '@selkie/contract/libpod/networks';
import type { Endpoint } from '@selkie/engine/containers/record';
import { isPredefined } from '@selkie/engine/networks/predefined';
import { handler, json } from '../../http/handler.ts';
import { removeContainers } from '../containers/remove-users.ts';
import { findNetwork } from './find.ts';

export const remove = handler(networkDelete, async ({ path, query, engine, signal }) => {
  const network = findNetwork(engine, path.name);
  // Before any container goes for it.
  if (isPredefined(network)) throw new SelkieError('NETWORK_PREDEFINED', { name: network.name });
  if (query.force) {
    const on = ({ networkId }: Endpoint) => networkId === network.id;
    const users = engine.containers.all().filter(({ endpoints }) => endpoints.some(on));
    await removeContainers(engine, users, {}, signal);
  }
  await engine.networks.remove(network.id);
  return json(200, [{ Name: path.name, Err: null }]);
});
