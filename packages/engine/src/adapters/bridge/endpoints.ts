import { closeSync, openSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import { inNetns } from '@selkie/native/netns';
import { type Link, type Prefix, Rtnetlink } from '@selkie/native/rtnetlink';
import { addressBytes, parseAddress, parseBlock } from '../../networks/address.ts';
import { deriveMac } from '../../networks/mac.ts';
import type { EndpointPlan } from '../../ports/network-driver.ts';
import { vethName } from './names.ts';
import { readSysctl } from './sysctl.ts';

const DEFAULT_ROUTE = { ipv4: { bytes: new Uint8Array(4), length: 0 }, ipv6: { bytes: new Uint8Array(16), length: 0 } };

/** An endpoint and the bridge it goes to. */
export interface Wire {
  readonly endpoint: EndpointPlan;
  readonly bridge: Link;
}

/** Links a container's namespace to its bridges, with addresses and routes. What is there already is kept and completed. */
export async function wire(
  host: Rtnetlink,
  instance: string,
  containerId: string,
  namespace: string,
  wires: readonly Wire[],
): Promise<void> {
  const missing: Wire[] = [];
  for (const { endpoint, bridge } of wires) {
    const name = vethName(instance, containerId, endpoint.networkId);
    const existing = host.link(name);
    if (!existing) missing.push({ endpoint, bridge });
    else if (!hasPeer(namespace, endpoint.interfaceName, existing.index)) {
      // Its other end is in a namespace the container no longer has.
      await Rtnetlink.deleteLink(existing.index);
      missing.push({ endpoint, bridge });
    }
  }
  const fd = openSync(namespace, 'r');
  try {
    for (const each of missing) {
      link(host, vethName(instance, containerId, each.endpoint.networkId), fd, each, containerId);
    }
  } finally {
    closeSync(fd);
  }
  inNetns(namespace, () => {
    using inside = new Rtnetlink();
    for (const { endpoint } of wires) configure(inside, endpoint);
    // Routes last: a gateway may be on any of the networks.
    for (const { endpoint } of wires) staticRoutes(inside, endpoint);
    for (const family of ['ipv4', 'ipv6'] as const) defaultRoute(inside, family, wires);
  });
}

/** Cuts an endpoint off at once and then removes it, which takes the kernel 20 ms. */
export async function unwire(host: Rtnetlink, name: string): Promise<void> {
  const existing = host.link(name);
  if (!existing) return;
  try {
    host.setLink(existing.index, { up: false });
  } catch (error) {
    // Its namespace was let go and the kernel took it along meanwhile.
    if (error instanceof Error && 'code' in error && error.code === 'ENODEV') return;
    throw error;
  }
  await Rtnetlink.deleteLink(existing.index);
}

function link(
  host: Rtnetlink,
  name: string,
  namespaceFd: number,
  { endpoint, bridge }: Wire,
  containerId: string,
): void {
  const { network, interfaceName } = endpoint;
  const mac = endpoint.mac ?? deriveMac(containerId, network.id);
  const size = network.mtu === undefined ? {} : { mtu: network.mtu };
  host.createVeth({ name, master: bridge.index, ...size, peer: { name: interfaceName, namespaceFd, mac } });
  // A forwarded packet may have to go back out of the port it came in, where the packet filter sees bridged traffic.
  const hairpin = readSysctl('bridge/bridge-nf-call-iptables') === '1';
  const isolated = network.interContainer === false;
  const end = hairpin || isolated ? host.link(name) : undefined;
  if (end) host.setPort(end.index, { hairpin, isolated });
}

function hasPeer(namespace: string, name: string, index: number): boolean {
  return inNetns(namespace, () => {
    using inside = new Rtnetlink();
    return inside.link(name)?.peer === index;
  });
}

function configure(inside: Rtnetlink, endpoint: EndpointPlan): void {
  const { index } = linkOf(inside, endpoint);
  inside.setLink(index, { up: true });
  for (const given of [endpoint.ipv4, endpoint.ipv6]) {
    if (given) inside.setAddress(index, { bytes: bytesOf(given.address), length: given.prefix });
  }
}

function staticRoutes(inside: Rtnetlink, endpoint: EndpointPlan): void {
  for (const { destination, gateway, metric } of endpoint.network.routes) {
    inside.setRoute(linkOf(inside, endpoint).index, prefixOf(destination), bytesOf(gateway), metric);
  }
}

/** Through the primary endpoint, or the first other that leads out where the primary has none of the family. */
function defaultRoute(inside: Rtnetlink, family: 'ipv4' | 'ipv6', wires: readonly Wire[]): void {
  const leading = wires
    .map(({ endpoint }) => endpoint)
    .filter(({ network, ...rest }) => rest[family]?.gateway && !network.internal && network.defaultRoute !== false);
  const endpoint = leading.find(({ primary }) => primary) ?? leading[0];
  const gateway = endpoint?.[family]?.gateway;
  if (!endpoint || !gateway) return;
  inside.setRoute(linkOf(inside, endpoint).index, DEFAULT_ROUTE[family], bytesOf(gateway), endpoint.network.metric);
}

function linkOf(inside: Rtnetlink, { interfaceName }: EndpointPlan): Link {
  const found = inside.link(interfaceName);
  if (!found) throw new SelkieError('HOST', { reason: `interface ${interfaceName} is missing in the container` });
  return found;
}

function bytesOf(text: string): Uint8Array {
  const address = parseAddress(text);
  if (!address) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid IP address: ${text}` });
  return addressBytes(address);
}

function prefixOf(text: string): Prefix {
  const block = parseBlock(text);
  if (!block) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid subnet: ${text}` });
  return { bytes: addressBytes(block), length: block.prefix };
}
