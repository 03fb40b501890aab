import { isSelkieError } from '@selkie/contract';
import { networkCreate } from '@selkie/contract/libpod/networks';
import type { Engine } from '@selkie/engine';
import type { NetworkDefinition } from '@selkie/engine/networks/definition';
import type { NetworkRecord } from '@selkie/engine/networks/record';
import { handler, json } from '../../http/handler.ts';
import { networkDefinition } from './definition.ts';
import { presentNetwork } from './present/network.ts';

export const create = handler(networkCreate, ({ query, body, engine }) => {
  const definition = networkDefinition(body);
  const network = query.ignoreIfExists ? findOrCreate(engine, definition) : engine.networks.create(definition);
  return json(200, presentNetwork(network));
});

function findOrCreate(engine: Engine, definition: NetworkDefinition): NetworkRecord {
  try {
    return engine.networks.create(definition);
  } catch (error) {
    if (definition.name === undefined || !isSelkieError(error, 'NETWORK_EXISTS')) throw error;
    return engine.networks.find(definition.name);
  }
}
