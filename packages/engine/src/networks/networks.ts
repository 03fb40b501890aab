import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import type { EndpointRequest, NetworkAttachments } from '../containers/definition.ts';
import type { Endpoint } from '../containers/record.ts';
import type { Emit } from '../events/events.ts';
import type { Filters } from '../filters/filters.ts';
import type { HostNetwork } from '../ports/host-network.ts';
import type { AttachRequest, EndpointPlan, NetworkDriver } from '../ports/network-driver.ts';
import type { StateStore } from '../ports/state-store.ts';
import { parseBlock } from './address.ts';
import { emitNetwork, isUsed, type NetworkContext, type NetworkUser } from './context.ts';
import { buildNetwork, type Surroundings } from './create.ts';
import { defaultNetwork, movedDefaultNetwork } from './default-network.ts';
import type { NetworkDefinition } from './definition.ts';
import { resolveEndpoint, resolveEndpoints } from './endpoints.ts';
import { filterNetworks, type NetworkWords } from './filters.ts';
import { Ipam, type Lease } from './ipam.ts';
import { leaseEndpoint, toPlans } from './plan.ts';
import { DEFAULT_POOLS, type Pools } from './pools.ts';
import { DEFAULT_NETWORK, placeholder } from './predefined.ts';
import { prune } from './prune.ts';
import type { NetworkRecord } from './record.ts';
import { type RemoveNetworkOptions, remove } from './remove.ts';
import { NetworkStore } from './store.ts';
import { type NetworkChange, update } from './update.ts';

export type { NetworkUser } from './context.ts';

/** What tells which networks a container is on. */
export interface Connectable {
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
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

/** The networks of this service and who has which address on them. Verbs of some length have a file of their own, which says what it throws. */
export class Networks {
  readonly #ctx: NetworkContext;
  readonly #host: HostNetwork;
  readonly #pools: Pools;

  constructor({ state, driver, host, emit, users, pools = DEFAULT_POOLS }: NetworksOptions) {
    this.#ctx = { state, driver, emit, users, store: new NetworkStore(state), ipam: new Ipam(state) };
    this.#host = host;
    this.#pools = pools;
    this.#predefine();
  }

  /** @throws SelkieError INVALID_PARAMETER, UNSUPPORTED, NETWORK_EXISTS, CONFLICT, SUBNET_OVERLAP, POOL_EXHAUSTED */
  create(definition: NetworkDefinition): NetworkRecord {
    const record = this.#ctx.store.put(buildNetwork(definition, this.#surroundings()));
    emitNetwork(this.#ctx, 'create', record);
    return record;
  }

  all(): readonly NetworkRecord[] {
    return this.#ctx.store.all();
  }

  /** @param words what the client calls networks and drivers @throws SelkieError INVALID_FILTER, INVALID_PARAMETER for a bad value */
  list(filters: Filters = {}, words?: NetworkWords): NetworkRecord[] {
    const used = (network: NetworkRecord) => isUsed(this.#ctx, network);
    return filterNetworks(this.all(), filters, { used, ...(words ? { words } : {}) });
  }

  /** @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
  find(nameOrId: string): NetworkRecord {
    return this.#ctx.store.find(nameOrId);
  }

  leases(networkId: string): readonly Lease[] {
    return this.#ctx.ipam.leases(networkId);
  }

  remove(nameOrId: string, options: RemoveNetworkOptions = {}): Promise<NetworkRecord> {
    return remove(this.#ctx, nameOrId, options);
  }

  prune(filters: Filters = {}): Promise<NetworkRecord[]> {
    return prune(this.#ctx, filters);
  }

  update(nameOrId: string, change: NetworkChange): Promise<NetworkRecord> {
    return update(this.#ctx, nameOrId, change);
  }

  /** Checks what a container asks for; takes nothing. @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID, INVALID_PARAMETER */
  resolve(request: NetworkAttachments): Endpoint[] {
    return resolveEndpoints(request, (nameOrId) => this.find(nameOrId));
  }

  /** As {@link resolve}, for a container that is on other networks already. @throws SelkieError also NETWORK_CONNECTED */
  resolveOne(nameOrId: string, request: EndpointRequest, container: Connectable): Endpoint {
    const network = this.find(nameOrId);
    if (container.endpoints.some(({ networkId }) => networkId === network.id)) {
      throw new SelkieError('NETWORK_CONNECTED', { container: container.name, network: network.name });
    }
    return resolveEndpoint(network, request, container.endpoints);
  }

  /**
   * Leases addresses for a container's endpoints; those it held before on these networks are given back.
   * @throws SelkieError NO_SUCH_NETWORK, INVALID_PARAMETER, ADDRESS_IN_USE, POOL_EXHAUSTED, with nothing leased
   */
  plan(containerId: string, endpoints: readonly Endpoint[]): EndpointPlan[] {
    const { state } = this.#ctx;
    this.#settleDefault(endpoints);
    try {
      return state.transaction(() => {
        for (const { networkId } of endpoints) this.#ctx.ipam.release(containerId, networkId);
        return toPlans(
          endpoints.map((endpoint) => {
            const network = this.find(endpoint.networkId);
            return [leaseEndpoint(this.#ctx.ipam, network, containerId, endpoint), network];
          }),
        );
      });
    } catch (error) {
      state.transaction(() => {
        for (const { networkId } of endpoints) this.#ctx.ipam.release(containerId, networkId);
      });
      throw error;
    }
  }

  /** The plan of addresses leased already. Networks that are gone by now are left out. */
  planned(endpoints: readonly Endpoint[]): EndpointPlan[] {
    return toPlans(
      endpoints.flatMap((endpoint) => {
        const network = this.#ctx.store.get(endpoint.networkId);
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
    this.#ctx.state.transaction(() => this.#ctx.ipam.release(containerId, networkId));
  }

  /** Wires a container and says so. @throws SelkieError PORT_IN_USE, HOST */
  async attach(request: AttachRequest): Promise<void> {
    await this.#ctx.driver.attach(request);
    for (const { network } of request.endpoints)
      emitNetwork(this.#ctx, 'connect', network, { container: request.containerId });
  }

  /** Unwires a container, or some of its endpoints, and says so. */
  async detach(request: AttachRequest): Promise<void> {
    await this.#ctx.driver.detach(request);
    for (const { network } of request.endpoints)
      emitNetwork(this.#ctx, 'disconnect', network, { container: request.containerId });
  }

  /** Brings a running container from one set of endpoints to another and says so; where that fails it is as it was. @throws SelkieError PORT_IN_USE, HOST */
  async change(before: AttachRequest, after: AttachRequest): Promise<void> {
    await this.#ctx.driver.change(before, after);
    const container = after.containerId;
    for (const { network } of without(after, before)) emitNetwork(this.#ctx, 'connect', network, { container });
    for (const { network } of without(before, after)) emitNetwork(this.#ctx, 'disconnect', network, { container });
  }

  /** Gives back addresses nobody has: a service that was killed may have leased some before it wrote down what for. */
  recover(holds: (containerId: string, networkId: string) => boolean): void {
    this.#ctx.state.transaction(() => {
      for (const { id } of this.all()) {
        for (const { containerId } of this.leases(id)) {
          if (!holds(containerId, id)) this.#ctx.ipam.release(containerId, id);
        }
      }
    });
  }

  #surroundings(): Surroundings {
    const hostSubnets = this.#host.subnets().flatMap((subnet) => parseBlock(subnet) ?? []);
    return { networks: this.all(), hostSubnets, pools: this.#pools.user, now: timestamp() };
  }

  /**
   * The default network was written down before it was first used, and somebody may have taken its place since: another service of this host, above all.
   * While nobody has an address on it, it can move.
   */
  #settleDefault(endpoints: readonly Endpoint[]): void {
    const { store, ipam } = this.#ctx;
    const current = store.find(DEFAULT_NETWORK);
    if (!endpoints.some(({ networkId }) => networkId === current.id) || ipam.leases(current.id).length > 0) return;
    const hasInterface = (name: string) => this.#host.hasInterface(name);
    const moved = movedDefaultNetwork(current, this.#pools.default, this.#surroundings(), hasInterface);
    if (moved !== undefined) store.put(moved);
  }

  #predefine(): void {
    const { store } = this.#ctx;
    const present = new Set(this.all().map(({ name }) => name));
    if (!present.has(DEFAULT_NETWORK)) {
      store.put(defaultNetwork(this.#pools.default, this.#surroundings(), (name) => this.#host.hasInterface(name)));
    }
    for (const name of ['host', 'none'] as const) if (!present.has(name)) store.put(placeholder(name, timestamp()));
  }
}

function without({ endpoints }: AttachRequest, others: AttachRequest): EndpointPlan[] {
  return endpoints.filter(({ networkId }) => !others.endpoints.some((other) => other.networkId === networkId));
}
