import { SelkieError } from '@selkie/contract';
import {
  type Address,
  type Block,
  bits,
  contains,
  formatAddress,
  formatBlock,
  lastOf,
  overlaps,
  parseAddress,
  parseBlock,
} from './address.ts';
import type { SubnetRequest } from './definition.ts';
import { freeSubnet, freeUniqueLocal, type Pool } from './pools.ts';
import type { Subnet } from './record.ts';

export interface SubnetContext {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly pools: readonly Pool[];
  readonly used: readonly Block[];
}

/**
 * The subnets of a new network: what was asked for, checked, and a free one for each family it needs and has none of.
 * @throws SelkieError INVALID_PARAMETER, SUBNET_OVERLAP, POOL_EXHAUSTED
 */
export function planSubnets(requests: readonly SubnetRequest[], context: SubnetContext): Subnet[] {
  const subnets: Subnet[] = [];
  for (const request of requests) subnets.push(planSubnet(request, context));
  const families = subnets.map(familyOf);
  for (const family of [4, 6] as const) {
    if (families.filter((each) => each === family).length > 1) refuse(`a network has one IPv${family} subnet at most`);
  }
  if (families.includes(4) && !context.ipv4) refuse('an IPv4 subnet is given and IPv4 is disabled');
  if (context.ipv4 && !families.includes(4)) subnets.unshift(planSubnet({}, context));
  if (context.ipv6 && !families.includes(6)) {
    subnets.push(planSubnet({ subnet: freeUniqueLocal(context.used) }, context));
  }
  return subnets;
}

function planSubnet(request: SubnetRequest, { pools, used }: SubnetContext): Subnet {
  if (request.subnet === undefined && (request.gateway || request.range || request.reserved)) {
    refuse('a gateway, range or reserved address needs a subnet');
  }
  const text = request.subnet ?? freeSubnet(pools, used);
  const block = parseBlock(text) ?? refuse(`invalid subnet: ${text}`);
  const subnet = formatBlock(block);
  if (bits(block.family) - block.prefix < 2) refuse(`subnet ${subnet} has no room for containers`);
  if (used.some((other) => overlaps(other, block))) throw new SelkieError('SUBNET_OVERLAP', { subnet });
  const gateway =
    request.gateway === undefined ? { ...block, value: block.value + 1n } : host(block, 'gateway', request.gateway);
  const reserved = Object.entries(request.reserved ?? {}).map(([name, address]) => {
    return [name, formatAddress(host(block, `reserved address of ${name}`, address))] as const;
  });
  return {
    subnet,
    gateway: formatAddress(gateway),
    ...(request.range === undefined ? {} : { range: planRange(block, request.range) }),
    ...(reserved.length === 0 ? {} : { reserved: Object.fromEntries(reserved) }),
  };
}

function planRange(subnet: Block, range: NonNullable<SubnetRequest['range']>): Subnet['range'] {
  if (typeof range === 'string') {
    const block = parseBlock(range) ?? refuse(`invalid range: ${range}`);
    if (!contains(subnet, block) || block.prefix < subnet.prefix)
      refuse(`range ${range} is not within ${formatBlock(subnet)}`);
    return { start: formatAddress(block), end: formatAddress({ family: block.family, value: lastOf(block) }) };
  }
  const { family } = subnet;
  const start = range.start ? inside(subnet, 'start of the range', range.start) : { family, value: subnet.value + 1n };
  const end = range.end ? inside(subnet, 'end of the range', range.end) : { family, value: lastOf(subnet) };
  const [first, last] = [formatAddress(start), formatAddress(end)];
  if (start.value > end.value) refuse(`the range ${first}-${last} ends before it starts`);
  return { start: first, end: last };
}

function inside(subnet: Block, what: string, text: string): Address {
  const address = parseAddress(text) ?? refuse(`invalid ${what}: ${text}`);
  if (!contains(subnet, address)) refuse(`${what} ${text} is not within ${formatBlock(subnet)}`);
  return address;
}

function host(subnet: Block, what: string, text: string): Address {
  const address = inside(subnet, what, text);
  const broadcast = subnet.family === 4 && address.value === lastOf(subnet);
  if (address.value === subnet.value || broadcast)
    refuse(`${what} ${text} is not a host address of ${formatBlock(subnet)}`);
  return address;
}

function familyOf({ subnet }: Subnet): 4 | 6 {
  return subnet.includes(':') ? 6 : 4;
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}
