import { isSelkieError, SelkieError } from '@selkie/contract';
import { networkDelete } from '@selkie/contract/libpod/networks';
import type { Engine } from '@selkie/engine';
import { isPredefined } from '@selkie/engine/networks/predefined';
import { handler, json } from '../../http/handler.ts';
import { findNetwork } from './find.ts';

export const remove = handler(networkDelete, async ({ path, query, engine, signal }) => {
  const network = findNetwork(engine, path.name);
  // Before any container goes for it.
  if (isPredefined(network)) throw new SelkieError('NETWORK_PREDEFINED', { name: network.name });
  if (query.force) await removeContainers(engine, network.id, signal);
  await engine.networks.remove(network.id);
  return json(200, [{ Name: path.name, Err: null }]);
});

async function removeContainers(engine: Engine, networkId: string, signal: AbortSignal): Promise<void> {
  const users = engine.containers
    .all()
    .filter(({ endpoints }) => endpoints.some((endpoint) => endpoint.networkId === networkId));
  for (const { id } of users) {
    try {
      await engine.containers.stop(id, {}, signal);
    } catch (error) {
      if (!isSelkieError(error, 'NOT_MODIFIED') && !isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
    }
    try {
      await engine.containers.remove(id, { force: true, volumes: true }, signal);
    } catch (error) {
      // Stopping made it remove itself.
      if (!isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
    }
  }
}
