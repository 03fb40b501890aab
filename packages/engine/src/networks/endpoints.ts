import { SelkieError } from '@selkie/contract';
import type { EndpointRequest, NetworkAttachments } from '../containers/definition.ts';
import type { Endpoint } from '../containers/record.ts';
import { contains, formatAddress, parseAddress, parseBlock } from './address.ts';
import { DEFAULT_NETWORK } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

/**
 * What a container asks of networks, checked, the one to carry the default route first. Takes nothing.
 * @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, INVALID_PARAMETER
 */
export function resolveEndpoints(request: NetworkAttachments, find: (nameOrId: string) => NetworkRecord): Endpoint[] {
  if (request.mode.kind !== 'bridge') return [];
  const asked = Object.entries(request.endpoints);
  const requests: [string, EndpointRequest][] = asked.length > 0 ? asked : [[DEFAULT_NETWORK, { aliases: [] }]];
  const resolved: { endpoint: Endpoint; priority: number }[] = [];
  for (const [name, wish] of requests) {
    const network = find(name);
    const others = resolved.map(({ endpoint }) => endpoint);
    if (others.some(({ networkId }) => networkId === network.id)) refuse(`network ${network.name} is named twice`);
    resolved.push({ endpoint: resolveEndpoint(network, wish, others), priority: wish.gatewayPriority ?? 0 });
  }
  return resolved.sort((a, b) => b.priority - a.priority).map(({ endpoint }) => endpoint);
}

/** One more endpoint of a container that has `others`. @throws SelkieError INVALID_PARAMETER */
export function resolveEndpoint(network: NetworkRecord, wish: EndpointRequest, others: readonly Endpoint[]): Endpoint {
  if (network.driver !== 'bridge') refuse(`a container cannot be connected to network ${network.name} beside others`);
  if (wish.aliases.length > 0 && !network.dns) {
    refuse(`network-scoped aliases need a network with a name service, which ${network.name} does not have`);
  }
  const taken = new Set(others.map(({ interfaceName }) => interfaceName));
  const interfaceName = wish.interfaceName ?? freeInterface(taken);
  if (!/^[^\s/:]{1,15}$/.test(interfaceName) || ['.', '..', 'lo'].includes(interfaceName)) {
    refuse(`invalid interface name: ${interfaceName}`);
  }
  if (taken.has(interfaceName)) refuse(`interface name ${interfaceName} is used twice`);
  const ipv4 = requestedAddress(network, 4, wish.ipv4);
  const ipv6 = requestedAddress(network, 6, wish.ipv6);
  const mac = wish.mac === undefined ? undefined : requestedMac(wish.mac);
  return {
    networkId: network.id,
    networkName: network.name,
    interfaceName,
    aliases: wish.aliases,
    requested: { ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }), ...(mac && { mac }) },
    driverOptions: checkOptions(wish.driverOptions ?? {}),
    ...(wish.gatewayPriority ? { gatewayPriority: wish.gatewayPriority } : {}),
  };
}

function freeInterface(taken: ReadonlySet<string>): string {
  let number = 0;
  while (taken.has(`eth${number}`)) number++;
  return `eth${number}`;
}

function requestedAddress(network: NetworkRecord, family: 4 | 6, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const address = parseAddress(text);
  if (address?.family !== family) refuse(`invalid IPv${family} address: ${text}`);
  const blocks = network.subnets.flatMap(({ subnet }) => parseBlock(subnet) ?? []);
  if (!blocks.some((each) => each.family === family)) {
    refuse(`network ${network.name} has no IPv${family} subnet for address ${text}`);
  }
  if (!blocks.some((each) => contains(each, address))) {
    refuse(`address ${text} is in none of the subnets of network ${network.name}`);
  }
  return formatAddress(address);
}

function requestedMac(text: string): string {
  const mac = text.toLowerCase().replaceAll('-', ':');
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(mac)) refuse(`invalid MAC address: ${text}`);
  if (Number.parseInt(mac.slice(0, 2), 16) & 1) refuse(`MAC address ${text} is a multicast address`);
  return mac;
}

function checkOptions(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [unknown] = Object.keys(options);
  if (unknown !== undefined) refuse(`unsupported endpoint option ${unknown}`);
  return options;
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}
