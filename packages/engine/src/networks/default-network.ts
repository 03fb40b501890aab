import { overlaps, parseBlock } from './address.ts';
import { blocksOf, buildNetwork, type Surroundings } from './create.ts';
import { defaultInterfaceName } from './id.ts';
import { freeSubnet } from './pools.ts';
import { DEFAULT_INTERFACE, DEFAULT_NETWORK } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

/** The network of containers that name none, on its own subnet where that is free. @throws SelkieError POOL_EXHAUSTED */
export function defaultNetwork(
  subnet: string,
  around: Surroundings,
  hasInterface: (name: string) => boolean,
): NetworkRecord {
  const pool = parseBlock(subnet);
  const preferred = pool ? [{ base: subnet, size: pool.prefix }] : [];
  const used = [...around.hostSubnets, ...around.networks.flatMap(blocksOf)];
  const subnets = [{ subnet: freeSubnet([...preferred, ...around.pools], used) }];
  const record = buildNetwork({ name: DEFAULT_NETWORK, subnets, dns: false, isolate: true }, around);
  const interfaceName = hasInterface(DEFAULT_INTERFACE) ? defaultInterfaceName(record.id) : DEFAULT_INTERFACE;
  return { ...record, interfaceName };
}

/** The default network where the host, or another service's network, by now has its subnet or its interface's name; undefined where it can stay. */
export function movedDefaultNetwork(
  current: NetworkRecord,
  subnet: string,
  around: Surroundings,
  hasInterface: (name: string) => boolean,
): NetworkRecord | undefined {
  const taken = around.hostSubnets.some((held) => blocksOf(current).some((own) => overlaps(held, own)));
  if (!taken && !hasInterface(current.interfaceName)) return undefined;
  const others = { ...around, networks: around.networks.filter(({ id }) => id !== current.id) };
  const fresh = defaultNetwork(subnet, others, hasInterface);
  const interfaceName = hasInterface(DEFAULT_INTERFACE) ? defaultInterfaceName(current.id) : DEFAULT_INTERFACE;
  return { ...current, subnets: fresh.subnets, interfaceName };
}
