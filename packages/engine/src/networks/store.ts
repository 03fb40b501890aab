import type { Collection, StateStore } from '../ports/state-store.ts';
import { findNetwork } from './find.ts';
import type { NetworkRecord } from './record.ts';

/** Every network record, oldest first: served from memory, written through. */
export class NetworkStore {
  readonly #documents: Collection<NetworkRecord>;
  readonly #records = new Map<string, NetworkRecord>();

  constructor(state: StateStore) {
    this.#documents = state.collection<NetworkRecord>('networks');
    const stored = this.#documents.entries().map(([, record]) => record);
    stored.sort((a, b) => (a.created < b.created ? -1 : 1));
    for (const record of stored) this.#records.set(record.id, record);
  }

  all(): readonly NetworkRecord[] {
    return [...this.#records.values()];
  }

  get(id: string): NetworkRecord | undefined {
    return this.#records.get(id);
  }

  /** @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
  find(nameOrId: string): NetworkRecord {
    return findNetwork(this.all(), nameOrId);
  }

  put(record: NetworkRecord): NetworkRecord {
    this.#documents.put(record.id, record);
    this.#records.set(record.id, record);
    return record;
  }

  delete({ id }: NetworkRecord): void {
    this.#documents.delete(id);
    this.#records.delete(id);
  }
}
