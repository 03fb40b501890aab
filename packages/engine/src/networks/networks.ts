import { isSelkieError, SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import type { EndpointRequest, NetworkAttachments } from '../containers/definition.ts';
import type { Endpoint } from '../containers/record.ts';
import type { Emit } from '../events/events.ts';
import type { HostNetwork } from '../ports/host-network.ts';
import type { AttachRequest, EndpointPlan, NetworkDriver } from '../ports/network-driver.ts';
import type { Collection, StateStore } from '../ports/state-store.ts';
import { parseBlock } from './address.ts';
import { blocksOf, buildNetwork, type Surroundings } from './create.ts';
import type { NetworkDefinition } from './definition.ts';
import { resolveEndpoint, resolveEndpoints } from './endpoints.ts';
import { filterNetworks, type NetworkFilters } from './filters.ts';
import { findNetwork } from './find.ts';
import { defaultInterfaceName } from './id.ts';
import { Ipam, type Lease } from './ipam.ts';
import { leaseEndpoint, toPlans } from './plan.ts';
import { DEFAULT_POOLS, freeSubnet, type Pools } from './pools.ts';
import { DEFAULT_INTERFACE, DEFAULT_NETWORK, isPredefined, placeholder } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

/** A container a network belongs to, running or not. */
export interface NetworkUser {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
}

export interface NetworksOptions {
  readonly state: StateStore;
  readonly driver: NetworkDriver;
  readonly host: HostNetwork;
  readonly emit: Emit;
  /** Containers that are configured for a network. */
  readonly users: (networkId: string) => readonly NetworkUser[];
  readonly pools?: Pools;
}

/** The networks of this service and who has which address on them. */
export class Networks {
  readonly #options: NetworksOptions;
  readonly #pools: Pools;
  readonly #stored: Collection<NetworkRecord>;
  readonly #records = new Map<string, NetworkRecord>();
  readonly #ipam: Ipam;

  constructor(options: NetworksOptions) {
    this.#options = options;
    this.#pools = options.pools ?? DEFAULT_POOLS;
    this.#stored = options.state.collection<NetworkRecord>('networks');
    this.#ipam = new Ipam(options.state);
    const stored = this.#stored.entries().map(([, record]) => record);
    stored.sort((a, b) => (a.created < b.created ? -1 : 1));
    for (const record of stored) this.#records.set(record.id, record);
    this.#predefine();
  }

  /** @throws SelkieError INVALID_PARAMETER, UNSUPPORTED, NETWORK_EXISTS, CONFLICT, SUBNET_OVERLAP, POOL_EXHAUSTED */
  create(definition: NetworkDefinition): NetworkRecord {
    const record = buildNetwork(definition, this.#surroundings());
    this.#put(record);
    this.#emit('create', record);
    return record;
  }

  all(): readonly NetworkRecord[] {
    return [...this.#records.values()];
  }

  /** @throws SelkieError INVALID_FILTER */
  list(filters: NetworkFilters = {}): NetworkRecord[] {
    return filterNetworks(this.all(), filters, (network) => this.#isUsed(network));
  }

  /** @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
  find(nameOrId: string): NetworkRecord {
    return findNetwork(this.all(), nameOrId);
  }

  leases(networkId: string): readonly Lease[] {
    return this.#ipam.leases(networkId);
  }

  /**
   * Removes a network. `ignoreStopped` lets it go while containers that do not run are configured for it, as Docker does.
   * @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, NETWORK_PREDEFINED, NETWORK_IN_USE
   */
  async remove(nameOrId: string, { ignoreStopped = false } = {}): Promise<NetworkRecord> {
    const network = this.find(nameOrId);
    if (isPredefined(network)) throw new SelkieError('NETWORK_PREDEFINED', { name: network.name });
    if (this.#isUsed(network, ignoreStopped)) throw new SelkieError('NETWORK_IN_USE', { name: network.name });
    // The record first: what the host still has of a network without one is taken away at the next start.
    this.#options.state.transaction(() => {
      this.#stored.delete(network.id);
      this.#ipam.forget(network);
    });
    this.#records.delete(network.id);
    await this.#options.driver.removeNetwork(network);
    this.#emit('remove', network);
    return network;
  }

  /** Removes every network no container is configured for. @throws SelkieError INVALID_FILTER */
  async prune(filters: NetworkFilters = {}): Promise<NetworkRecord[]> {
    const allowed = ['label', 'label!', 'until'];
    const candidates = filterNetworks(this.all(), filters, (network) => this.#isUsed(network), allowed);
    const removed: NetworkRecord[] = [];
    for (const network of candidates) {
      if (isPredefined(network) || this.#isUsed(network)) continue;
      try {
        removed.push(await this.remove(network.id));
      } catch (error) {
        // Taken or removed by another request meanwhile.
        if (!isSelkieError(error, 'NETWORK_IN_USE') && !isSelkieError(error, 'NO_SUCH_NETWORK')) throw error;
      }
    }
    this.#options.emit('network', 'prune', '', '', { count: String(removed.length) });
    return removed;
  }

  /** Checks what a container asks for; takes nothing. @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, INVALID_PARAMETER */
  resolve(request: NetworkAttachments): Endpoint[] {
    return resolveEndpoints(request, (nameOrId) => this.find(nameOrId));
  }

  /** As {@link resolve}, for a container that has `others` already. @throws SelkieError also CONFLICT where it is connected */
  resolveOne(nameOrId: string, request: EndpointRequest, others: readonly Endpoint[]): Endpoint {
    return resolveEndpoint(this.find(nameOrId), request, others);
  }

  /**
   * Leases addresses for a container's endpoints; those it held before on these networks are given back.
   * @throws SelkieError NO_SUCH_NETWORK, INVALID_PARAMETER, ADDRESS_IN_USE, POOL_EXHAUSTED, with nothing leased
   */
  plan(containerId: string, endpoints: readonly Endpoint[]): EndpointPlan[] {
    const { state } = this.#options;
    try {
      return state.transaction(() => {
        for (const { networkId } of endpoints) this.#ipam.release(containerId, networkId);
        return toPlans(
          endpoints.map((endpoint) => {
            const network = this.find(endpoint.networkId);
            return [leaseEndpoint(this.#ipam, network, containerId, endpoint), network];
          }),
        );
      });
    } catch (error) {
      state.transaction(() => {
        for (const { networkId } of endpoints) this.#ipam.release(containerId, networkId);
      });
      throw error;
    }
  }

  /** The plan of addresses leased already. Networks that are gone by now are left out. */
  planned(endpoints: readonly Endpoint[]): EndpointPlan[] {
    return toPlans(
      endpoints.flatMap((endpoint) => {
        const network = this.#records.get(endpoint.networkId);
        return network ? [[endpoint, network] as const] : [];
      }),
    );
  }

  /** What the network of the published ports says, else every address of the families that can be forwarded. */
  hostAddresses(endpoints: readonly Endpoint[]): string[] {
    const plans = this.planned(endpoints);
    const binding = plans.find(({ primary }) => primary)?.network.hostBinding;
    if (binding !== undefined) return [binding];
    const has = (family: 'ipv4' | 'ipv6') => plans.some(({ network }) => network[family]);
    return [...(has('ipv4') ? ['0.0.0.0'] : []), ...(has('ipv6') ? ['::'] : [])];
  }

  /** Gives back a container's addresses, on one network or on all. */
  release(containerId: string, networkId?: string): void {
    this.#options.state.transaction(() => this.#ipam.release(containerId, networkId));
  }

  /** Wires a container and says so. @throws SelkieError PORT_IN_USE, HOST */
  async attach(request: AttachRequest): Promise<void> {
    await this.#options.driver.attach(request);
    for (const { network } of request.endpoints) this.#emit('connect', network, { container: request.containerId });
  }

  /** Unwires a container, or some of its endpoints, and says so. */
  async detach(request: AttachRequest): Promise<void> {
    await this.#options.driver.detach(request);
    for (const { network } of request.endpoints) this.#emit('disconnect', network, { container: request.containerId });
  }

  #isUsed(network: NetworkRecord, ignoreStopped = false): boolean {
    if (this.#ipam.leases(network.id).length > 0) return true;
    return this.#options.users(network.id).some(({ running }) => running || !ignoreStopped);
  }

  #put(record: NetworkRecord): void {
    this.#stored.put(record.id, record);
    this.#records.set(record.id, record);
  }

  #surroundings(): Surroundings {
    const hostSubnets = this.#options.host.subnets().flatMap((subnet) => parseBlock(subnet) ?? []);
    return { networks: this.all(), hostSubnets, pools: this.#pools.user, now: timestamp() };
  }

  #predefine(): void {
    const present = new Set(this.all().map(({ name }) => name));
    if (!present.has(DEFAULT_NETWORK)) this.#put(this.#defaultNetwork());
    for (const name of ['host', 'none'] as const) if (!present.has(name)) this.#put(placeholder(name, timestamp()));
  }

  #defaultNetwork(): NetworkRecord {
    const around = this.#surroundings();
    const pool = parseBlock(this.#pools.default);
    const preferred = pool ? [{ base: this.#pools.default, size: pool.prefix }] : [];
    const used = [...around.hostSubnets, ...around.networks.flatMap(blocksOf)];
    const subnet = freeSubnet([...preferred, ...around.pools], used);
    const record = buildNetwork({ name: DEFAULT_NETWORK, subnets: [{ subnet }], dns: false, isolate: true }, around);
    const interfaceName = this.#options.host.hasInterface(DEFAULT_INTERFACE)
      ? defaultInterfaceName(record.id)
      : DEFAULT_INTERFACE;
    return { ...record, interfaceName };
  }

  #emit(action: string, { id, name, driver }: NetworkRecord, more: Readonly<Record<string, string>> = {}): void {
    this.#options.emit('network', action, id, name, { type: driver, ...more });
  }
}
