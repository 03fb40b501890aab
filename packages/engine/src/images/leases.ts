import type { Collection, StateStore } from '../ports/state-store.ts';

interface LeaseRecord {
  readonly blobs: readonly string[];
  readonly chainIds: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** How long what an interrupted pull got is kept for the next attempt. */
const LIFETIME = 24 * 60 * 60 * 1000;

/**
 * What garbage collection must leave alone although no image needs it yet: the parts of an image on its way in. Leases are durable, so
 * that a pull a crash cut short finds its finished parts again.
 */
export class Leases {
  readonly #collection: Collection<LeaseRecord>;
  readonly #records: Map<string, LeaseRecord>;
  readonly #holders = new Map<string, number>();

  constructor(state: StateStore) {
    this.#collection = state.collection('image-leases');
    this.#records = new Map(this.#collection.entries());
  }

  /**
   * Takes the lease of an image by its manifest's digest. Several may hold it.
   * @param lifetime how long it stays for another attempt when this one does not come to its end
   */
  take(manifestDigest: string, lifetime = LIFETIME): Lease {
    this.#holders.set(manifestDigest, (this.#holders.get(manifestDigest) ?? 0) + 1);
    return new Lease(
      (blobs, chainIds) => this.#extend(manifestDigest, blobs, chainIds, lifetime),
      (done) => this.#leave(manifestDigest, done),
    );
  }

  holdsBlob(digest: string): boolean {
    return this.#current().some(({ blobs }) => blobs.includes(digest));
  }

  holdsLayer(chainId: string): boolean {
    return this.#current().some(({ chainIds }) => chainIds.includes(chainId));
  }

  /** Forgets leases that ended; with `all`, also those that wait for another attempt. */
  expire(all = false): void {
    for (const [key, { expires }] of [...this.#records]) {
      if (!this.#holders.has(key) && (all || expires <= Date.now())) this.#forget(key);
    }
  }

  #current(): LeaseRecord[] {
    return [...this.#records.values()];
  }

  #extend(key: string, blobs: readonly string[], chainIds: readonly string[], lifetime: number): void {
    const before = this.#records.get(key);
    const record: LeaseRecord = {
      blobs: [...new Set([...(before?.blobs ?? []), ...blobs])],
      chainIds: [...new Set([...(before?.chainIds ?? []), ...chainIds])],
      expires: Date.now() + lifetime,
    };
    this.#collection.put(key, record);
    this.#records.set(key, record);
  }

  #leave(key: string, done: boolean): void {
    const holders = (this.#holders.get(key) ?? 1) - 1;
    if (holders > 0) this.#holders.set(key, holders);
    else {
      this.#holders.delete(key);
      if (done) this.#forget(key);
    }
  }

  #forget(key: string): void {
    this.#collection.delete(key);
    this.#records.delete(key);
  }
}

/** One holder's share of a lease. Disposed without `release`, it stays for its lifetime. */
export class Lease implements Disposable {
  readonly extend: (blobs: readonly string[], chainIds: readonly string[]) => void;
  readonly #leave: (done: boolean) => void;
  #left = false;

  constructor(extend: (blobs: readonly string[], chainIds: readonly string[]) => void, leave: (done: boolean) => void) {
    this.extend = extend;
    this.#leave = leave;
  }

  /** The image is stored and holds its parts itself. */
  release(): void {
    if (!this.#left) this.#leave(true);
    this.#left = true;
  }

  [Symbol.dispose](): void {
    if (!this.#left) this.#leave(false);
    this.#left = true;
  }
}
