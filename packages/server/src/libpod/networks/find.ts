import { SelkieError } from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { NetworkRecord } from '@selkie/engine/networks/record';

/** libpod's clients know `host` and `none` as modes, not as networks. @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
export function findNetwork(engine: Engine, nameOrId: string): NetworkRecord {
  const network = engine.networks.find(nameOrId);
  if (!isListed(network)) throw new SelkieError('NO_SUCH_NETWORK', { name: nameOrId });
  return network;
}

export function isListed({ driver }: NetworkRecord): boolean {
  return driver === 'bridge';
}
