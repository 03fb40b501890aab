import type { NetworkRecord } from '../../networks/record.ts';
import type { AttachRequest, EndpointPlan } from '../../ports/network-driver.ts';

/** Something a name server answers, or no longer answers, once it serves the zones as they are now. */
export interface Expectation {
  readonly networkId: string;
  readonly server: string;
  readonly name: string;
  readonly type: 'A' | 'AAAA';
  readonly present: boolean;
}

interface Entry {
  readonly line: string;
  readonly names: readonly string[];
  readonly type: 'A' | 'AAAA';
}

interface Zone {
  readonly network: NetworkRecord;
  readonly entries: Map<string, Entry>;
}

/** Which container has which names on which network, in aardvark-dns's file format. */
export class Zones {
  readonly #zones = new Map<string, Zone>();

  get size(): number {
    return this.#zones.size;
  }

  has(networkId: string): boolean {
    return this.#zones.has(networkId);
  }

  clear(): void {
    this.#zones.clear();
  }

  /** Returns false where the network is not served. */
  update(network: NetworkRecord): boolean {
    const zone = this.#zones.get(network.id);
    if (zone) this.#zones.set(network.id, { ...zone, network });
    return zone !== undefined;
  }

  /** Returns undefined where nothing changed. */
  put(request: AttachRequest, endpoint: EndpointPlan): Expectation | undefined {
    const { network } = endpoint;
    const [server] = listenAddresses(network);
    if (server === undefined) return undefined;
    const zone = this.#zones.get(network.id) ?? { network, entries: new Map<string, Entry>() };
    this.#zones.set(network.id, zone);
    const before = zone.entries.get(request.containerId);
    const entry = entryOf(request, endpoint);
    if (before?.line === entry.line) return undefined;
    zone.entries.delete(request.containerId);
    const visible = (names: readonly string[]) => names.find((name) => !hasName(zone, name));
    const added = visible(entry.names.filter((name) => !before?.names.includes(name)));
    const removed = visible(before?.names.filter((name) => !entry.names.includes(name)) ?? []);
    zone.entries.set(request.containerId, entry);
    const present = added !== undefined || removed === undefined;
    return {
      networkId: network.id,
      server,
      name: (present ? added : removed) ?? shortId(request.containerId),
      type: entry.type,
      present,
    };
  }

  /** Returns undefined where nothing changed, and no server where the whole zone went. */
  delete(containerId: string, networkId: string): Expectation | 'unserved' | undefined {
    const zone = this.#zones.get(networkId);
    const entry = zone?.entries.get(containerId);
    if (!zone || !entry) return undefined;
    zone.entries.delete(containerId);
    const [server] = listenAddresses(zone.network);
    if (zone.entries.size > 0 && server !== undefined) {
      return { networkId, server, name: shortId(containerId), type: entry.type, present: false };
    }
    this.#zones.delete(networkId);
    return 'unserved';
  }

  /** File texts by network. */
  files(): [networkId: string, text: string][] {
    return [...this.#zones].map(([id, { network, entries }]) => {
      const servers = network.dnsServers.length > 0 ? ` ${network.dnsServers.join(',')}` : '';
      const head = `${listenAddresses(network).join(',')}${servers}`;
      return [id, `${[head, ...[...entries.values()].map(({ line }) => line)].join('\n')}\n`];
    });
  }
}

/** Where a network's names are answered, and what its containers put in resolv.conf; empty where it has no name service. */
export function listenAddresses(network: NetworkRecord): string[] {
  return network.dns ? network.subnets.flatMap(({ gateway }) => gateway ?? []) : [];
}

function entryOf({ containerId, containerName }: AttachRequest, { aliases, ipv4, ipv6 }: EndpointPlan): Entry {
  const names = [shortId(containerId), containerName, ...aliases]
    .map((name) => name.toLowerCase())
    // One line, one entry: nothing else can be told from the format's own separators.
    .filter((name, i, all) => /^[^\s,]+$/.test(name) && all.indexOf(name) === i);
  const line = `${containerId} ${ipv4?.address ?? ''} ${ipv6?.address ?? ''} ${names.join(',')}`;
  return { line, names, type: ipv4 ? 'A' : 'AAAA' };
}

function hasName({ entries }: Zone, name: string): boolean {
  return [...entries.values()].some(({ names }) => names.includes(name));
}

function shortId(containerId: string): string {
  return containerId.slice(0, 12);
}
