import { SelkieError } from '@selkie/contract';
import { emitNetwork, isUsed, type NetworkContext } from './context.ts';
import { isPredefined } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

export interface RemoveNetworkOptions {
  /** Lets it go while containers that do not run are configured for it, as Docker does. */
  readonly ignoreStopped?: boolean;
}

/** @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, NETWORK_PREDEFINED, NETWORK_IN_USE */
export async function remove(
  ctx: NetworkContext,
  nameOrId: string,
  { ignoreStopped = false }: RemoveNetworkOptions = {},
): Promise<NetworkRecord> {
  const network = ctx.store.find(nameOrId);
  if (isPredefined(network)) throw new SelkieError('NETWORK_PREDEFINED', { name: network.name });
  if (isUsed(ctx, network, ignoreStopped)) throw new SelkieError('NETWORK_IN_USE', { name: network.name });
  // The record first: what the host still has of a network without one is taken away at the next start.
  ctx.state.transaction(() => {
    ctx.store.delete(network);
    ctx.ipam.forget(network);
  });
  await ctx.driver.removeNetwork(network);
  emitNetwork(ctx, 'remove', network);
  return network;
}
