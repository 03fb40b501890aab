import { contains, lastOf, parseAddress, parseBlock } from './address.ts';
import { type Lease, rangeOf } from './ipam.ts';
import type { Subnet } from './record.ts';

export interface SubnetUsage {
  /** Addresses leased or set aside: the network's own, its broadcast and gateway, what its owner reserved. */
  readonly used: number;
  /** Addresses the next containers can get, as far as a number goes. */
  readonly free: number;
}

export function usageOf(subnet: Subnet, leases: readonly Lease[]): SubnetUsage {
  const block = parseBlock(subnet.subnet);
  if (!block) return { used: 0, free: 0 };
  const taken = new Set(leases.map(({ address }) => address));
  const texts = [...taken, subnet.gateway ?? '', ...Object.values(subnet.reserved ?? {})];
  const addresses = new Map(texts.flatMap((text) => parseAddress(text) ?? []).map((one) => [one.value, one]));
  const { family } = block;
  const last = lastOf(block);
  const ends = family === 4 ? [block.value, last] : [block.value];
  for (const value of ends) addresses.set(value, { family, value });
  const inside = [...addresses.values()].filter((address) => contains(block, address));
  const range = rangeOf(subnet, block);
  const unavailable = inside.filter(({ value }) => value >= range.first && value <= range.last).length;
  const free = range.last - range.first + 1n - BigInt(unavailable);
  return { used: inside.length, free: Number(free < Number.MAX_SAFE_INTEGER ? free : Number.MAX_SAFE_INTEGER) };
}
