import { isSelkieError } from '@selkie/contract';
import type { Filters } from '../filters/filters.ts';
import { isUsed, type NetworkContext } from './context.ts';
import { filterNetworks } from './filters.ts';
import { isPredefined } from './predefined.ts';
import type { NetworkRecord } from './record.ts';
import { remove } from './remove.ts';

const KEYS = ['label', 'label!', 'until'];

/** Removes every network no container is configured for. @throws SelkieError INVALID_FILTER, INVALID_PARAMETER for a bad value */
export async function prune(ctx: NetworkContext, filters: Filters): Promise<NetworkRecord[]> {
  const removed: NetworkRecord[] = [];
  for (const network of filterNetworks(ctx.store.all(), filters, { keys: KEYS })) {
    if (isPredefined(network) || isUsed(ctx, network)) continue;
    try {
      removed.push(await remove(ctx, network.id));
    } catch (error) {
      // Taken or removed by another request meanwhile.
      if (!isSelkieError(error, 'NETWORK_IN_USE') && !isSelkieError(error, 'NO_SUCH_NETWORK')) throw error;
    }
  }
  ctx.emit('network', 'prune', '', '', { count: String(removed.length) });
  return removed;
}
