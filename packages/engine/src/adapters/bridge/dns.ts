import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';
import type { NetworkRecord } from '../../networks/record.ts';
import type { AttachRequest, EndpointPlan } from '../../ports/network-driver.ts';
import { Aardvark } from './aardvark.ts';
import { answers } from './dns-probe.ts';

const RETRY_MS = 5;
const RELOAD_EVERY_MS = 200;
const GIVE_UP_MS = 5000;

interface Zone {
  readonly network: NetworkRecord;
  readonly lines: Map<string, string>;
}

/**
 * Name service of the networks that have it: one file a network, one line a container, served by aardvark-dns.
 * `set` returns when the new names are answered.
 */
export class Dns {
  readonly #dir: string;
  readonly #port: number;
  readonly #aardvark: Aardvark;
  readonly #zones = new Map<string, Zone>();
  #queue: Promise<void> = Promise.resolve();

  constructor(dir: string, port = 53) {
    this.#dir = dir;
    this.#port = port;
    this.#aardvark = new Aardvark(dir, port);
  }

  /** @throws SelkieError HOST */
  set(request: AttachRequest): Promise<void> {
    const endpoints = request.endpoints.filter(({ network }) => listenAddresses(network).length > 0);
    const changed = endpoints.filter((endpoint) => this.#put(request, endpoint));
    return changed.length === 0 ? this.#queue : this.#publish(request.containerId, changed);
  }

  delete(containerId: string, networkIds: readonly string[]): Promise<void> {
    const changed = networkIds.filter((id) => this.#zones.get(id)?.lines.delete(containerId));
    for (const id of changed) if (this.#zones.get(id)?.lines.size === 0) this.#zones.delete(id);
    return changed.length === 0 ? this.#queue : this.#publish(undefined, []);
  }

  /** Serves these containers and nothing else, whatever was there before. */
  async replace(requests: readonly AttachRequest[]): Promise<void> {
    this.#zones.clear();
    for (const request of requests) {
      for (const endpoint of request.endpoints) {
        if (listenAddresses(endpoint.network).length > 0) this.#put(request, endpoint);
      }
    }
    const [first] = requests.filter(({ endpoints }) => endpoints.some(({ networkId }) => this.#zones.has(networkId)));
    const endpoints = first?.endpoints.filter(({ networkId }) => this.#zones.has(networkId)) ?? [];
    await this.#publish(first?.containerId, endpoints);
  }

  #put(request: AttachRequest, endpoint: EndpointPlan): boolean {
    const { network } = endpoint;
    const zone = this.#zones.get(network.id) ?? { network, lines: new Map() };
    this.#zones.set(network.id, zone);
    const names = [request.containerName, ...endpoint.aliases, shortId(request.containerId)];
    const unique = [...new Set(names.filter((name) => /^[^\s,]+$/.test(name)))];
    const line = `${request.containerId} ${endpoint.ipv4?.address ?? ''} ${endpoint.ipv6?.address ?? ''} ${unique.join(',')}`;
    if (zone.lines.get(request.containerId) === line) return false;
    zone.lines.set(request.containerId, line);
    return true;
  }

  /** One at a time: a second reload while the first runs may be lost on aardvark-dns. */
  #publish(containerId: string | undefined, endpoints: readonly EndpointPlan[]): Promise<void> {
    const done = this.#queue.then(async () => {
      this.#write();
      if (this.#zones.size === 0) return this.#aardvark.stop();
      const deadline = AbortSignal.timeout(GIVE_UP_MS);
      if (this.#aardvark.pid === undefined) await this.#aardvark.start(deadline);
      else this.#aardvark.reload();
      if (containerId === undefined) return;
      for (const endpoint of endpoints) await this.#answered(containerId, endpoint, deadline);
    });
    this.#queue = done.catch(() => {});
    return done;
  }

  async #answered(containerId: string, endpoint: EndpointPlan, deadline: AbortSignal): Promise<void> {
    const [server = ''] = listenAddresses(endpoint.network);
    const type = endpoint.ipv4 ? 'A' : 'AAAA';
    let reloaded = Date.now();
    while (!deadline.aborted) {
      const once = AbortSignal.any([deadline, AbortSignal.timeout(RELOAD_EVERY_MS)]);
      if (await answers(server, this.#port, shortId(containerId), type, once)) return;
      await sleep(RETRY_MS);
      if (Date.now() - reloaded < RELOAD_EVERY_MS) continue;
      // Its reload handler is not armed all the time.
      reloaded = Date.now();
      if (this.#aardvark.pid === undefined) await this.#aardvark.start(deadline);
      else this.#aardvark.reload();
    }
    throw new SelkieError('HOST', { reason: `aardvark-dns does not answer on ${server}` });
  }

  #write(): void {
    mkdirSync(this.#dir, { recursive: true });
    for (const name of readdirSync(this.#dir)) {
      if (name !== 'aardvark.pid' && !this.#zones.has(name)) rmSync(join(this.#dir, name));
    }
    for (const [id, { network, lines }] of this.#zones) {
      const servers = network.dnsServers.length > 0 ? ` ${network.dnsServers.join(',')}` : '';
      const text = `${[`${listenAddresses(network).join(',')}${servers}`, ...lines.values()].join('\n')}\n`;
      // Beside the directory: aardvark-dns reads every file in it, half-written ones too.
      const draft = `${this.#dir}.new`;
      writeFileSync(draft, text);
      renameSync(draft, join(this.#dir, id));
    }
  }
}

/** Where a network's names are answered, and what its containers put in resolv.conf; empty where it has no name service. */
export function listenAddresses(network: NetworkRecord): string[] {
  return network.dns ? network.subnets.flatMap(({ gateway }) => gateway ?? []) : [];
}

function shortId(containerId: string): string {
  return containerId.slice(0, 12);
}
