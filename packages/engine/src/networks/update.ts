import { SelkieError } from '@selkie/contract';
import { parseAddress } from './address.ts';
import { emitNetwork, type NetworkContext } from './context.ts';
import type { NetworkRecord } from './record.ts';

export interface NetworkChange {
  readonly addDnsServers: readonly string[];
  readonly removeDnsServers: readonly string[];
}

/**
 * Changes where a network's name service forwards what it does not know; also for the containers that run on it.
 * @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, INVALID_PARAMETER, HOST
 */
export async function update(ctx: NetworkContext, nameOrId: string, change: NetworkChange): Promise<NetworkRecord> {
  const network = ctx.store.find(nameOrId);
  for (const server of [...change.addDnsServers, ...change.removeDnsServers]) {
    if (!parseAddress(server)) refuse(`invalid DNS server: ${server}`);
  }
  if (!network.dns) refuse(`network ${network.name} has no name service whose servers could change`);
  const missing = change.removeDnsServers.find((server) => !network.dnsServers.includes(server));
  if (missing !== undefined) refuse(`network ${network.name} does not use DNS server ${missing}`);
  const kept = network.dnsServers.filter((server) => !change.removeDnsServers.includes(server));
  const changed = ctx.store.put({ ...network, dnsServers: [...new Set([...kept, ...change.addDnsServers])] });
  await ctx.driver.updateNetwork(changed);
  emitNetwork(ctx, 'update', changed);
  return changed;
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}
