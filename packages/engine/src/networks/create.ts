import { SelkieError } from '@selkie/contract';
import { type Block, parseAddress, parseBlock } from './address.ts';
import type { NetworkDefinition } from './definition.ts';
import { defaultInterfaceName, newNetworkId } from './id.ts';
import { readOptions } from './options.ts';
import type { Pool } from './pools.ts';
import { isMode } from './predefined.ts';
import type { NetworkRecord } from './record.ts';
import { planSubnets } from './subnets.ts';

const MAX_NAME = 255;

/** What a new network must fit in with. */
export interface Surroundings {
  readonly networks: readonly NetworkRecord[];
  /** Subnets of the host's own routes and addresses. */
  readonly hostSubnets: readonly Block[];
  readonly pools: readonly Pool[];
  readonly now: string;
}

/**
 * Checks a definition and completes it to a record.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED, NETWORK_EXISTS, CONFLICT, SUBNET_OVERLAP, POOL_EXHAUSTED
 */
export function buildNetwork(definition: NetworkDefinition, around: Surroundings): NetworkRecord {
  const id = newNetworkId();
  const name = checkName(definition.name ?? freeName(around.networks), around.networks);
  checkDrivers(definition);
  const { isolate, interfaceName: named, ...settings } = readOptions(definition.options ?? {});
  const interfaceName = checkInterface(definition.interfaceName ?? named ?? defaultInterfaceName(id), around.networks);
  const { ipv4 = true, ipv6 = definition.subnets.some(({ subnet }) => subnet?.includes(':')) } = definition;
  if (!ipv4 && !ipv6) refuse('IPv4 or IPv6 must be enabled');
  const { dns = true, dnsServers = [] } = definition;
  if (!dns && dnsServers.length > 0) refuse('DNS servers need a network with a name service');
  const used = [...around.hostSubnets, ...around.networks.flatMap(blocksOf)];
  const subnets = planSubnets(definition.subnets, { ipv4, ipv6, pools: around.pools, used });
  return {
    id,
    name,
    driver: 'bridge',
    created: around.now,
    interfaceName,
    subnets,
    ipv4,
    ipv6: subnets.some(({ subnet }) => subnet.includes(':')),
    internal: definition.internal ?? false,
    dns,
    dnsServers: dnsServers.map((server) => checkAddress('DNS server', server)),
    attachable: definition.attachable ?? false,
    isolate: definition.isolate ?? isolate ?? false,
    ...settings,
    labels: definition.labels ?? {},
    options: definition.options ?? {},
    ipamOptions: definition.ipamOptions ?? {},
    routes: (definition.routes ?? []).map(checkRoute),
  };
}

export function blocksOf({ subnets }: NetworkRecord): Block[] {
  return subnets.flatMap(({ subnet }) => parseBlock(subnet) ?? []);
}

function checkName(name: string, networks: readonly NetworkRecord[]): string {
  if (name.length > MAX_NAME) refuse(`a network name has at most ${MAX_NAME} characters`);
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name)) {
    refuse(`invalid network name "${name}": names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*`);
  }
  if (networks.some((other) => other.name === name)) throw new SelkieError('NETWORK_EXISTS', { name });
  if (isMode(name)) refuse(`network name "${name}" is a network mode`);
  return name;
}

function freeName(networks: readonly NetworkRecord[]): string {
  const taken = new Set(networks.map(({ name }) => name));
  let number = 1;
  while (taken.has(`podman${number}`)) number++;
  return `podman${number}`;
}

function checkDrivers({ driver = 'bridge', ipamDriver = 'default', ipamOptions = {} }: NetworkDefinition): void {
  if (driver !== 'bridge') {
    throw new SelkieError('UNSUPPORTED', {
      what: `network driver ${driver}`,
      reason: 'this service drives bridge networks',
    });
  }
  if (!['default', 'host-local', ''].includes(ipamDriver)) {
    throw new SelkieError('UNSUPPORTED', {
      what: `IPAM driver ${ipamDriver}`,
      reason: 'this service leases addresses itself',
    });
  }
  for (const [name, value] of Object.entries(ipamOptions)) {
    if (name !== 'driver' || !['default', 'host-local'].includes(value))
      refuse(`unsupported IPAM option ${name}=${value}`);
  }
}

function checkInterface(name: string, networks: readonly NetworkRecord[]): string {
  if (!/^[^\s/:"\\]{1,15}$/.test(name) || name === '.' || name === '..') refuse(`invalid interface name: ${name}`);
  const owner = networks.find(({ interfaceName }) => interfaceName === name);
  if (owner)
    throw new SelkieError('CONFLICT', { reason: `bridge name ${name} is already used by network ${owner.name}` });
  return name;
}

function checkRoute({
  destination,
  gateway,
  ...rest
}: NetworkRecord['routes'][number]): NetworkRecord['routes'][number] {
  const block = parseBlock(destination) ?? refuse(`invalid route destination: ${destination}`);
  if (parseAddress(gateway)?.family !== block.family) refuse(`invalid gateway ${gateway} of route ${destination}`);
  return { destination, gateway, ...rest };
}

function checkAddress(what: string, text: string): string {
  return parseAddress(text) ? text : refuse(`invalid ${what}: ${text}`);
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}
