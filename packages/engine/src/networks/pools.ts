import { randomBytes } from 'node:crypto';
import { SelkieError } from '@selkie/contract';
import { type Block, formatBlock, lastOf, overlaps, parseBlock } from './address.ts';

/** Where subnets come from that nobody asked for by number. */
export interface Pool {
  /** CIDR. */
  readonly base: string;
  /** Prefix length of each subnet taken from it. */
  readonly size: number;
}

export interface Pools {
  /** Of the default network; where it is taken the next free one of `user` is used. */
  readonly default: string;
  readonly user: readonly Pool[];
}

export const DEFAULT_POOLS: Pools = {
  default: '10.88.0.0/16',
  user: [
    { base: '10.89.0.0/16', size: 24 },
    { base: '10.90.0.0/15', size: 24 },
    { base: '10.92.0.0/14', size: 24 },
    { base: '10.96.0.0/11', size: 24 },
    { base: '10.128.0.0/9', size: 24 },
  ],
};

/**
 * The first subnet of the pools that overlaps nothing in use.
 * @throws SelkieError POOL_EXHAUSTED
 */
export function freeSubnet(pools: readonly Pool[], used: readonly Block[]): string {
  for (const { base, size } of pools) {
    const pool = parseBlock(base);
    if (!pool) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid address pool: ${base}` });
    const found = freeIn(
      pool,
      size,
      used.filter((block) => overlaps(block, pool)),
    );
    if (found) return formatBlock(found);
  }
  throw new SelkieError('POOL_EXHAUSTED', { reason: 'could not find a free subnet: all address pools are in use' });
}

/** Steps over whole blocks in use instead of trying each subnet they cover. */
function freeIn(pool: Block, size: number, used: readonly Block[]): Block | undefined {
  const step = 1n << BigInt((pool.family === 4 ? 32 : 128) - size);
  const end = lastOf(pool);
  let candidate: Block = { family: pool.family, prefix: size, value: pool.value };
  while (lastOf(candidate) <= end) {
    const blocker = used.find((block) => overlaps(block, candidate));
    if (!blocker) return candidate;
    const past = lastOf(blocker) + 1n;
    const next = candidate.value + step;
    candidate = { ...candidate, value: past > next ? ((past + step - 1n) / step) * step : next };
  }
  return undefined;
}

/** A random unique local /64 (RFC 4193). @throws SelkieError POOL_EXHAUSTED */
export function freeUniqueLocal(used: readonly Block[]): string {
  const value = ((0xfdn << 40n) | BigInt(`0x${randomBytes(5).toString('hex')}`)) << 80n;
  return freeSubnet([{ base: formatBlock({ family: 6, prefix: 48, value }), size: 64 }], used);
}
