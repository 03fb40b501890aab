import type { Endpoint, PublishedPort } from '../containers/record.ts';
import type { NetworkRecord } from '../networks/record.ts';

/** A container's endpoint with the addresses IPAM gave it. */
export interface EndpointPlan extends Endpoint {
  readonly network: NetworkRecord;
  /** The one that carries the default routes. */
  readonly primary: boolean;
}

export interface AttachRequest {
  readonly containerId: string;
  readonly containerName: string;
  /** A namespace file made by {@link NetworkDriver.createNamespace}. */
  readonly namespace: string;
  readonly endpoints: readonly EndpointPlan[];
  readonly ports: readonly PublishedPort[];
}

/**
 * Wires containers to networks on this host. Every call is idempotent: attach after a half-done attach repairs it and detach of nothing is
 * a success, so a service killed in between can simply repeat. Calls that fail leave nothing behind.
 */
export interface NetworkDriver {
  /** Makes a network namespace with `lo` up, pinned at a file that survives the service, and returns its path. */
  createNamespace(containerId: string): string;
  /** @throws nothing where it is already gone. */
  removeNamespace(containerId: string): void;
  /** Makes sure the network's bridge, addresses, forwarding and masquerading are in place; attach does so too. */
  ensureNetwork(network: NetworkRecord): Promise<void>;
  removeNetwork(network: NetworkRecord): Promise<void>;
  /** Lets containers that are attached notice what changed in a network's name servers. */
  updateNetwork(network: NetworkRecord): Promise<void>;
  /**
   * Makes interfaces, addresses, routes, port forwards and DNS entries.
   * @throws SelkieError PORT_IN_USE, HOST
   */
  attach(request: AttachRequest): Promise<void>;
  /** Removes what attach made. `endpoints` and `ports` as given to attach. */
  detach(request: AttachRequest): Promise<void>;
  /**
   * Brings an attached container from one set of endpoints and ports to another. Where that fails it is as it was.
   * @throws SelkieError PORT_IN_USE, HOST
   */
  change(before: AttachRequest, after: AttachRequest): Promise<void>;
  /** Finds a free host port for a mapping that names none. @throws SelkieError PORT_IN_USE */
  allocatePort(protocol: 'tcp' | 'udp' | 'sctp', hostIp: string): number;
  /** Brings the host in line with what should run: removes bridges, rules, DNS entries and namespaces that no given attachment needs. */
  reconcile(networks: readonly NetworkRecord[], live: readonly AttachRequest[]): Promise<void>;
  /** Stops helpers that only live for the service (not aardvark-dns, which containers need). */
  close(): Promise<void>;
}
