import { SelkieError } from '@selkie/contract';
import type { Collection, StateStore } from '../ports/state-store.ts';
import type { VolumeRecord } from './record.ts';

/** Every volume record: served from memory, written through. */
export class VolumeStore {
  readonly #documents: Collection<VolumeRecord>;
  readonly #byName = new Map<string, VolumeRecord>();

  constructor(state: StateStore) {
    this.#documents = state.collection('volumes');
    for (const [name, record] of this.#documents.entries()) this.#byName.set(name, record);
  }

  all(): VolumeRecord[] {
    return [...this.#byName.values()];
  }

  get(name: string): VolumeRecord | undefined {
    return this.#byName.get(name);
  }

  /** @throws SelkieError NO_SUCH_VOLUME */
  find(name: string): VolumeRecord {
    const record = this.#byName.get(name);
    if (record === undefined) throw new SelkieError('NO_SUCH_VOLUME', { name });
    return record;
  }

  put(record: VolumeRecord): VolumeRecord {
    this.#documents.put(record.name, record);
    this.#byName.set(record.name, record);
    return record;
  }

  delete({ name }: VolumeRecord): void {
    this.#documents.delete(name);
    this.#byName.delete(name);
  }
}
