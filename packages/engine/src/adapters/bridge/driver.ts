import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isSelkieError, SelkieError } from '@selkie/contract';
import { createNetns, isNetns, removeNetns } from '@selkie/native/netns';
import { type Link, Rtnetlink } from '@selkie/native/rtnetlink';
import type { PublishedPort } from '../../containers/record.ts';
import { block, formatBlock, fromBytes } from '../../networks/address.ts';
import type { NetworkRecord } from '../../networks/record.ts';
import type { HostNetwork } from '../../ports/host-network.ts';
import type { AttachRequest, NetworkDriver } from '../../ports/network-driver.ts';
import { Bridges, bridgeNetwork } from './bridges.ts';
import { Dns } from './dns.ts';
import { unwire, wire } from './endpoints.ts';
import { Firewall } from './firewall.ts';
import { instanceName, vethName } from './names.ts';
import { freePort, Ports } from './ports.ts';
import { portElements } from './publish.ts';
import { type Element, networkElements } from './ruleset.ts';
import { readSysctl, setSysctl } from './sysctl.ts';

export interface BridgeDriverOptions {
  /** Tells services on one host apart; their tables and bridges carry a hash of it. */
  readonly stateRoot: string;
  /** Where namespaces are pinned (`netns/`) and DNS files live (`dns/`). */
  readonly runRoot: string;
}

/** Bridge networks by rtnetlink, nftables and aardvark-dns, in this process. */
export class BridgeDriver implements NetworkDriver, HostNetwork {
  readonly instance: string;
  readonly #namespaces: string;
  readonly #rtnetlink = new Rtnetlink();
  readonly #bridges: Bridges;
  readonly #firewall: Firewall;
  readonly #ports = new Ports();
  readonly #dns: Dns;
  /** Interface removals the kernel is still busy with. */
  readonly #removals = new Set<Promise<void>>();
  #closed = false;

  constructor({ stateRoot, runRoot }: BridgeDriverOptions) {
    this.instance = instanceName(stateRoot);
    this.#namespaces = join(runRoot, 'netns');
    this.#bridges = new Bridges(this.#rtnetlink, this.instance);
    this.#firewall = new Firewall(this.table);
    this.#dns = new Dns(join(runRoot, 'dns'));
  }

  /** Name of its nftables table, family inet. */
  get table(): string {
    return `selkie-${this.instance}`;
  }

  createNamespace(containerId: string): string {
    const path = this.#namespacePath(containerId);
    if (existsSync(path)) {
      if (isNetns(path)) return path;
      removeNetns(path);
    }
    try {
      createNetns(path, prepareNamespace);
    } catch (cause) {
      throw new SelkieError('HOST', { reason: `cannot make a network namespace: ${message(cause)}` }, { cause });
    }
    return path;
  }

  removeNamespace(containerId: string): void {
    removeNetns(this.#namespacePath(containerId));
  }

  async ensureNetwork(network: NetworkRecord): Promise<void> {
    this.#ensure(network);
  }

  async removeNetwork(network: NetworkRecord): Promise<void> {
    this.#firewall.delete(networkOwner(network.id));
    const bridge = this.#rtnetlink.link(network.interfaceName);
    if (bridge && bridgeNetwork(this.instance, bridge) === network.id) await this.#remove(bridge.name);
  }

  async updateNetwork(network: NetworkRecord): Promise<void> {
    await this.#dns.update(network);
  }

  async attach(request: AttachRequest): Promise<void> {
    try {
      await this.#connect(request);
    } catch (error) {
      await this.detach(request).catch(() => {});
      throw setupError(error);
    }
  }

  async change(before: AttachRequest, after: AttachRequest): Promise<void> {
    try {
      await this.#exchange(before, after);
    } catch (error) {
      await this.#exchange(after, before).catch(() => {});
      throw setupError(error);
    }
  }

  /**
   * Forwarding and names end first, then the interfaces; the kernel takes 20 ms over those, not on this thread. Where the namespace has been
   * removed before, the kernel takes them away with it and this doesn't wait.
   */
  async detach({ containerId, namespace, endpoints }: AttachRequest): Promise<void> {
    this.#firewall.delete(containerOwner(containerId));
    this.#ports.release(containerId);
    const ids = endpoints.map(({ networkId }) => networkId);
    const removals = ids.map((id) => this.#remove(vethName(this.instance, containerId, id)));
    await this.#dns.delete(containerId, ids);
    if (existsSync(namespace)) await Promise.all(removals);
    // Else nobody waits for them but close; what fails is found by the next reconcile.
    else for (const removal of removals) removal.catch(() => {});
  }

  allocatePort(protocol: PublishedPort['protocol'], hostIp: string): number {
    return freePort(protocol, hostIp);
  }

  subnets(): string[] {
    const ours = new Set(
      this.#rtnetlink.links().flatMap((link) => (bridgeNetwork(this.instance, link) ? [link.index] : [])),
    );
    return [...this.#rtnetlink.addresses(), ...this.#rtnetlink.routes()]
      .filter(({ index }) => !ours.has(index))
      .map(({ bytes, length }) => formatBlock(block(fromBytes(bytes), length)));
  }

  hasInterface(name: string): boolean {
    const link = this.#rtnetlink.link(name);
    return link !== undefined && bridgeNetwork(this.instance, link) === undefined;
  }

  async reconcile(networks: readonly NetworkRecord[], live: readonly AttachRequest[]): Promise<void> {
    this.#removeStaleNamespaces(new Set(live.map(({ containerId }) => containerId)));
    const needed = new Set(live.flatMap(({ endpoints }) => endpoints.map(({ networkId }) => networkId)));
    await this.#removeStaleLinks(needed, live);
    const used = networks.filter(({ id }) => needed.has(id));
    const owners = new Map<string, readonly Element[]>();
    for (const network of used) owners.set(networkOwner(network.id), networkElements(network));
    for (const { containerId, endpoints, ports } of live) {
      owners.set(containerOwner(containerId), portElements(endpoints, ports));
    }
    this.#firewall.replace(owners);
    const failures: unknown[] = [];
    for (const request of live) await this.#restore(request).catch((error) => failures.push(error));
    await this.#dns.replace(live);
    if (failures.length === 0) return;
    const reason = `some containers' networks could not be restored: ${failures.map(message).join('; ')}`;
    throw new SelkieError('HOST', { reason }, { cause: new AggregateError(failures) });
  }

  /** Waits for removals under way and takes bridges away that nobody is attached to. Containers stay as they are. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // A bridge is idle only once the links of the last containers are really gone.
    await Promise.allSettled(this.#removals);
    const links = this.#rtnetlink.links();
    for (const bridge of links) {
      const network = bridgeNetwork(this.instance, bridge);
      if (network === undefined || links.some(({ master }) => master === bridge.index)) continue;
      this.#firewall.delete(networkOwner(network));
      void this.#remove(bridge.name);
    }
    await Promise.allSettled(this.#removals);
    this.#ports.releaseAll();
    this.#rtnetlink[Symbol.dispose]();
  }

  async #connect(request: AttachRequest): Promise<void> {
    const { containerId, namespace, endpoints, ports } = request;
    const elements = portElements(endpoints, ports);
    this.#ports.hold(containerId, ports);
    const wires = endpoints.map((endpoint) => ({ endpoint, bridge: this.#ensure(endpoint.network) }));
    await wire(this.#rtnetlink, this.instance, containerId, namespace, wires);
    this.#firewall.set(containerOwner(containerId), elements);
    await this.#dns.set(request);
  }

  /** What comes is there before what goes is gone: connections by other networks are not cut. */
  async #exchange(before: AttachRequest, after: AttachRequest): Promise<void> {
    const { containerId } = after;
    const kept = new Set(after.endpoints.map(({ networkId }) => networkId));
    const gone = before.endpoints.flatMap(({ networkId }) => (kept.has(networkId) ? [] : networkId));
    await this.#connect(after);
    this.#ports.keep(containerId, after.ports);
    await this.#dns.delete(containerId, gone);
    await Promise.all(gone.map((id) => this.#remove(vethName(this.instance, containerId, id))));
  }

  #ensure(network: NetworkRecord): Link {
    const bridge = this.#bridges.ensure(network);
    this.#firewall.set(networkOwner(network.id), networkElements(network));
    return bridge;
  }

  /** What a container that ran on while the service was away has lost; a port somebody took meanwhile is still forwarded. */
  async #restore({ containerId, namespace, endpoints, ports }: AttachRequest): Promise<void> {
    const wires = endpoints.map((endpoint) => ({ endpoint, bridge: this.#ensure(endpoint.network) }));
    await wire(this.#rtnetlink, this.instance, containerId, namespace, wires);
    this.#ports.reclaim(containerId, ports);
  }

  #remove(name: string): Promise<void> {
    const removal = unwire(this.#rtnetlink, name).finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
    // Whoever waits hears of it; some ask for several before they wait for the first.
    removal.catch(() => {});
    return removal;
  }

  #removeStaleNamespaces(live: ReadonlySet<string>): void {
    mkdirSync(this.#namespaces, { recursive: true });
    for (const name of readdirSync(this.#namespaces)) if (!live.has(name)) this.removeNamespace(name);
  }

  async #removeStaleLinks(needed: ReadonlySet<string>, live: readonly AttachRequest[]): Promise<void> {
    const links = this.#rtnetlink.links();
    const ours = links.filter((link) => bridgeNetwork(this.instance, link) !== undefined);
    const indexes = new Set(ours.map(({ index }) => index));
    const wanted = new Set(
      live.flatMap(({ containerId, endpoints }) =>
        endpoints.map(({ networkId }) => vethName(this.instance, containerId, networkId)),
      ),
    );
    const stale = [
      ...links.filter(({ master, name }) => indexes.has(master) && !wanted.has(name)),
      ...ours.filter((bridge) => !needed.has(bridgeNetwork(this.instance, bridge) ?? '')),
    ];
    await Promise.all(stale.map(({ name }) => this.#remove(name)));
  }

  #namespacePath(containerId: string): string {
    return join(this.#namespaces, containerId);
  }
}

function networkOwner(id: string): string {
  return `network ${id}`;
}

function containerOwner(id: string): string {
  return `container ${id}`;
}

function prepareNamespace(): void {
  using inside = new Rtnetlink();
  const loopback = inside.link('lo');
  if (loopback) inside.setLink(loopback.index, { up: true });
  // Interfaces made later start from these: no waiting for duplicate detection, no routes from whoever announces some.
  for (const [path, value] of [
    ['ipv6/conf/default/accept_dad', '0'],
    ['ipv6/conf/default/accept_ra', '0'],
  ] as const) {
    if (readSysctl(path) !== undefined) setSysctl(path, value);
  }
}

function setupError(error: unknown): SelkieError {
  if (isSelkieError(error)) return error;
  return new SelkieError('HOST', { reason: `cannot set up the network: ${message(error)}` }, { cause: error });
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
