import { SelkieError } from '@selkie/contract';
import type { Link, Rtnetlink } from '@selkie/native/rtnetlink';
import { addressBytes, parseAddress, parseBlock } from '../../networks/address.ts';
import { deriveMac } from '../../networks/mac.ts';
import type { NetworkRecord } from '../../networks/record.ts';
import { forwardIpv6, readSysctl, setSysctl } from './sysctl.ts';

/** Marks a bridge as made by one service, in its alias. */
export function bridgeAlias(instance: string, networkId: string): string {
  return `selkie:${instance}:${networkId}`;
}

/** The network a bridge was made for, where it was made by this service. */
export function bridgeNetwork(instance: string, link: Link): string | undefined {
  const prefix = bridgeAlias(instance, '');
  return link.alias.startsWith(prefix) ? link.alias.slice(prefix.length) : undefined;
}

/** The bridges of one service's networks. */
export class Bridges {
  readonly #rtnetlink: Rtnetlink;
  readonly #instance: string;
  /** What was set up in this process, by network: an attach only looks whether it still stands. */
  readonly #ready = new Map<string, { readonly network: NetworkRecord; readonly index: number }>();

  constructor(rtnetlink: Rtnetlink, instance: string) {
    this.#rtnetlink = rtnetlink;
    this.#instance = instance;
  }

  /** Makes sure a network's bridge exists with its addresses and settings; a bridge somebody else made is used and not marked ours. */
  ensure(network: NetworkRecord): Link {
    const existing = this.#rtnetlink.link(network.interfaceName);
    const ready = this.#ready.get(network.id);
    if (existing?.up && ready?.network === network && ready.index === existing.index) return existing;
    const bridge = existing ? this.#adopt(existing, network) : this.#create(network);
    configureHost(network);
    for (const { subnet, gateway } of network.subnets) {
      const block = parseBlock(subnet);
      const address = gateway === undefined ? undefined : parseAddress(gateway);
      if (!block || !address) continue;
      this.#rtnetlink.setAddress(bridge.index, { bytes: addressBytes(address), length: block.prefix });
    }
    const { mtu } = network;
    this.#rtnetlink.setLink(bridge.index, { up: true, ...(mtu === undefined ? {} : { mtu }) });
    this.#ready.set(network.id, { network, index: bridge.index });
    return bridge;
  }

  #create(network: NetworkRecord): Link {
    const name = network.interfaceName;
    // A fixed address: a bridge without one changes its own with each port.
    this.#rtnetlink.createBridge(name, deriveMac(network.id, name));
    const bridge = this.#rtnetlink.link(name);
    if (!bridge) throw new SelkieError('HOST', { reason: `interface ${name} vanished` });
    this.#rtnetlink.setLink(bridge.index, { alias: bridgeAlias(this.#instance, network.id) });
    return bridge;
  }

  #adopt(bridge: Link, network: NetworkRecord): Link {
    const { name, id } = network;
    if (bridge.kind !== 'bridge') {
      throw new SelkieError('HOST', { reason: `interface ${bridge.name} of network ${name} exists and is no bridge` });
    }
    if (/^selkie:/.test(bridge.alias) && bridgeNetwork(this.#instance, bridge) === undefined) {
      throw new SelkieError('HOST', {
        reason: `interface ${bridge.name} of network ${name} belongs to another service`,
      });
    }
    // Killed between making and marking it.
    if (bridge.alias === '' && bridge.name === `br-${id.slice(0, 12)}`) {
      this.#rtnetlink.setLink(bridge.index, { alias: bridgeAlias(this.#instance, id) });
    }
    return bridge;
  }
}

function configureHost({ interfaceName: name, subnets }: NetworkRecord): void {
  setSysctl('ipv4/ip_forward', '1');
  // Lets packets from the host's 127.0.0.1 go to a container; the ruleset keeps containers from coming back that way.
  setSysctl(`ipv4/conf/${name}/route_localnet`, '1');
  if (readSysctl(`ipv6/conf/${name}/accept_ra`) === undefined) return;
  setSysctl(`ipv6/conf/${name}/accept_ra`, '0');
  // Or the bridge's own address is not to be used for the first second and nothing is forwarded to its containers.
  setSysctl(`ipv6/conf/${name}/accept_dad`, '0');
  if (!subnets.some(({ subnet }) => subnet.includes(':'))) return;
  setSysctl(`ipv6/conf/${name}/disable_ipv6`, '0');
  forwardIpv6();
}
