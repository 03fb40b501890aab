import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';
import type { NetworkRecord } from '../../networks/record.ts';
import type { AttachRequest } from '../../ports/network-driver.ts';
import { Aardvark } from './aardvark.ts';
import { answers } from './dns-probe.ts';
import { type Expectation, Zones } from './zones.ts';

const RETRY_MS = 4;
const PROBE_MS = 25;
const RELOAD_AGAIN_MS = 40;
const GIVE_UP_MS = 5000;

/**
 * Name service of the networks that have it, by aardvark-dns. A call returns when the change is what is answered: a reload is a signal,
 * and one sent while the last is worked on may be lost.
 */
export class Dns {
  readonly #dir: string;
  readonly #aardvark: Aardvark;
  readonly #zones = new Zones();
  /** The reload that is to come, and all that went before. */
  #next: Promise<void> | undefined;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(dir: string) {
    this.#dir = dir;
    this.#aardvark = new Aardvark(dir);
  }

  /** @throws SelkieError HOST */
  async set(request: AttachRequest): Promise<void> {
    const changes = request.endpoints.flatMap((endpoint) => this.#zones.put(request, endpoint) ?? []);
    if (changes.length > 0) await this.#publish(changes);
  }

  async delete(containerId: string, networkIds: readonly string[]): Promise<void> {
    const changes = networkIds.flatMap((id) => this.#zones.delete(containerId, id) ?? []);
    if (changes.length > 0) await this.#publish(changes.filter((change) => change !== 'unserved'));
  }

  /** Other servers behind a network's own. What it answers of its containers stays. */
  async update(network: NetworkRecord): Promise<void> {
    if (this.#zones.update(network)) await this.#publish([]);
  }

  /** Serves these containers and nothing else, whatever was there before. */
  async replace(requests: readonly AttachRequest[]): Promise<void> {
    this.#zones.clear();
    const changes = requests.flatMap((request) =>
      request.endpoints.flatMap((endpoint) => this.#zones.put(request, endpoint) ?? []),
    );
    await this.#publish(changes.slice(-1));
  }

  /** Changes that come while a reload is worked on share the next one. */
  #publish(expected: readonly Expectation[]): Promise<void> {
    this.#next ??= this.#settled.then(() => this.#serve());
    const done = this.#next.then(async () => {
      const deadline = AbortSignal.timeout(GIVE_UP_MS);
      await Promise.all(expected.map((expectation) => this.#fulfilled(expectation, deadline)));
    });
    this.#settled = Promise.allSettled([this.#settled, done]);
    return done;
  }

  async #serve(): Promise<void> {
    this.#next = undefined;
    this.#write();
    if (this.#zones.size === 0) await this.#aardvark.stop();
    else await this.#reload(AbortSignal.timeout(GIVE_UP_MS));
  }

  async #reload(signal: AbortSignal): Promise<void> {
    if (this.#aardvark.pid === undefined) await this.#aardvark.start(signal);
    else this.#aardvark.reload();
  }

  async #fulfilled({ networkId, server, name, type, present }: Expectation, deadline: AbortSignal): Promise<void> {
    let reloaded = performance.now();
    while (!deadline.aborted) {
      // Its last container went meanwhile.
      if (!this.#zones.has(networkId)) return;
      if ((await answers(server, name, type, AbortSignal.timeout(PROBE_MS))) === present) return;
      await sleep(RETRY_MS);
      if (performance.now() - reloaded < RELOAD_AGAIN_MS) continue;
      await this.#reload(deadline);
      reloaded = performance.now();
    }
    throw new SelkieError('HOST', { reason: `aardvark-dns does not serve ${server}` });
  }

  #write(): void {
    mkdirSync(this.#dir, { recursive: true });
    for (const name of readdirSync(this.#dir)) {
      if (name !== 'aardvark.pid' && !this.#zones.has(name)) rmSync(join(this.#dir, name));
    }
    // Beside the directory: aardvark-dns reads every file in it, half-written ones too.
    const draft = `${this.#dir}.new`;
    for (const [id, text] of this.#zones.files()) {
      writeFileSync(draft, text);
      renameSync(draft, join(this.#dir, id));
    }
  }
}
