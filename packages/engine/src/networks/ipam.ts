import { SelkieError } from '@selkie/contract';
import type { Collection, StateStore } from '../ports/state-store.ts';
import { type Address, type Block, contains, formatAddress, lastOf, parseAddress, parseBlock } from './address.ts';
import type { NetworkRecord, Subnet } from './record.ts';

export interface Lease {
  readonly networkId: string;
  readonly containerId: string;
  readonly address: string;
}

/** Address leases, kept in the state and mirrored in memory. One container has at most one lease of a family on a network. */
export class Ipam {
  readonly #stored: Collection<Lease>;
  /** The last address given out of each subnet, so that one just freed is not the next one taken. */
  readonly #cursors: Collection<string>;
  readonly #leases = new Map<string, Map<string, Lease>>();

  constructor(state: StateStore) {
    this.#stored = state.collection<Lease>('address-leases');
    this.#cursors = state.collection<string>('address-cursors');
    for (const [, lease] of this.#stored.entries()) this.#of(lease.networkId).set(lease.address, lease);
  }

  leases(networkId: string): readonly Lease[] {
    return [...(this.#leases.get(networkId)?.values() ?? [])];
  }

  /** Leases the next free address, or the one asked for. @throws SelkieError INVALID_PARAMETER, ADDRESS_IN_USE, POOL_EXHAUSTED */
  lease(network: NetworkRecord, subnet: Subnet, containerId: string, wanted?: string): string {
    const address =
      wanted === undefined ? this.#next(network, subnet) : this.#given(network, subnet, containerId, wanted);
    const lease = { networkId: network.id, containerId, address };
    this.#stored.put(`${network.id} ${address}`, lease);
    this.#of(network.id).set(address, lease);
    return address;
  }

  /** Gives back a container's addresses, on one network or on all. */
  release(containerId: string, networkId?: string): void {
    for (const leases of networkId === undefined ? this.#leases.values() : [this.#of(networkId)]) {
      for (const lease of leases.values()) if (lease.containerId === containerId) this.#drop(lease);
    }
  }

  /** Forgets a network. */
  forget(network: NetworkRecord): void {
    for (const lease of this.leases(network.id)) this.#drop(lease);
    this.#leases.delete(network.id);
    for (const { subnet } of network.subnets) this.#cursors.delete(`${network.id} ${subnet}`);
  }

  #drop({ networkId, address }: Lease): void {
    this.#stored.delete(`${networkId} ${address}`);
    this.#leases.get(networkId)?.delete(address);
  }

  #given(network: NetworkRecord, subnet: Subnet, containerId: string, wanted: string): string {
    const address = parseAddress(wanted);
    const block = blockOf(subnet);
    if (!address || !contains(block, address)) {
      const reason = `IP address ${wanted} is not within subnet ${subnet.subnet} of network ${network.name}`;
      throw new SelkieError('INVALID_PARAMETER', { reason });
    }
    const text = formatAddress(address);
    const holder = this.#of(network.id).get(text);
    if ((holder && holder.containerId !== containerId) || isReserved(subnet, block, address)) {
      throw new SelkieError('ADDRESS_IN_USE', { address: text });
    }
    return text;
  }

  /** Each step meets either a free address or one taken or reserved, so as many steps as there are of those suffice in any range. */
  #next(network: NetworkRecord, subnet: Subnet): string {
    const block = blockOf(subnet);
    const leases = this.#of(network.id);
    const { first, last } = rangeOf(subnet, block);
    const key = `${network.id} ${subnet.subnet}`;
    let value = parseAddress(this.#cursors.get(key) ?? '')?.value ?? first - 1n;
    const size = last - first + 1n;
    const limit = BigInt(leases.size + Object.keys(subnet.reserved ?? {}).length + 4);
    for (let step = 0n; step < (size < limit ? size : limit); step++) {
      value = value >= last || value < first ? first : value + 1n;
      const text = formatAddress({ family: block.family, value });
      if (leases.has(text) || isReserved(subnet, block, { family: block.family, value })) continue;
      this.#cursors.put(key, text);
      return text;
    }
    const reason = `no available IPv${block.family} addresses on this network's address pools: ${network.name} (${network.id})`;
    throw new SelkieError('POOL_EXHAUSTED', { reason });
  }

  #of(networkId: string): Map<string, Lease> {
    const leases = this.#leases.get(networkId) ?? new Map<string, Lease>();
    this.#leases.set(networkId, leases);
    return leases;
  }
}

/** First and last address leases are taken from. */
export function rangeOf(subnet: Subnet, block: Block): { first: bigint; last: bigint } {
  return {
    first: parseAddress(subnet.range?.start ?? '')?.value ?? block.value + 1n,
    last: parseAddress(subnet.range?.end ?? '')?.value ?? lastOf(block),
  };
}

/** The network's own address, IPv4 broadcast, the gateway, and what the network's owner set aside. */
function isReserved(subnet: Subnet, block: Block, { family, value }: Address): boolean {
  if (value === block.value || (family === 4 && value === lastOf(block))) return true;
  const text = formatAddress({ family, value });
  return text === subnet.gateway || Object.values(subnet.reserved ?? {}).includes(text);
}

function blockOf({ subnet }: Subnet): Block {
  const block = parseBlock(subnet);
  if (!block) throw new SelkieError('INTERNAL', { reason: `stored subnet ${subnet} is not one` });
  return block;
}
