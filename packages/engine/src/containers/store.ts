import { SelkieError } from '@selkie/contract';
import type { Collection, StateStore } from '../ports/state-store.ts';
import { ExitCodes } from './exit-codes.ts';
import type { ContainerRecord, ContainerState } from './record.ts';

export type RecordListener = (record: ContainerRecord, removed: boolean) => void;

/** Every container record: served from memory, written through before anyone sees the change. */
export class ContainerStore {
  /** Of containers that have been removed: a client may wait for one that removes itself. */
  readonly exitCodes: ExitCodes;
  readonly #state: StateStore;
  readonly #documents: Collection<ContainerRecord>;
  readonly #byId = new Map<string, ContainerRecord>();
  readonly #byName = new Map<string, string>();
  readonly #listeners = new Map<string, Set<RecordListener>>();

  constructor(state: StateStore) {
    this.#state = state;
    this.exitCodes = new ExitCodes(state);
    this.#documents = state.collection('containers');
    for (const [, record] of this.#documents.entries()) this.#remember(record);
  }

  /** Newest first. */
  all(): ContainerRecord[] {
    return [...this.#byId.values()].sort((a, b) => (a.created < b.created ? 1 : -1));
  }

  get size(): number {
    return this.#byId.size;
  }

  get(id: string): ContainerRecord | undefined {
    return this.#byId.get(id);
  }

  /** By full ID, name (with or without the slash Docker puts before it) or unique ID prefix. @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID */
  find(reference: string): ContainerRecord {
    const bare = reference.replace(/^\//, '');
    const exact = this.#byId.get(bare) ?? this.#byId.get(this.#byName.get(bare) ?? '');
    if (exact) return exact;
    const matches = /^[0-9a-f]{1,64}$/.test(bare) ? [...this.#byId.keys()].filter((id) => id.startsWith(bare)) : [];
    if (matches.length > 1) throw new SelkieError('AMBIGUOUS_ID', { prefix: bare });
    const record = this.#byId.get(matches[0] ?? '');
    if (!record) throw new SelkieError('NO_SUCH_CONTAINER', { name: bare });
    return record;
  }

  idOfName(name: string): string | undefined {
    return this.#byName.get(name);
  }

  put(record: ContainerRecord): ContainerRecord {
    this.#documents.put(record.id, record);
    const previous = this.#byId.get(record.id);
    if (previous && previous.name !== record.name) this.#byName.delete(previous.name);
    this.#remember(record);
    this.#tell(record, false);
    return record;
  }

  /** Replaces some members of a record's state. */
  setState(record: ContainerRecord, change: Partial<ContainerState>): ContainerRecord {
    const current = this.#byId.get(record.id) ?? record;
    return this.put({ ...current, state: { ...current.state, ...change } });
  }

  delete(record: ContainerRecord): void {
    this.#state.transaction(() => {
      this.#documents.delete(record.id);
      if (everEnded(record)) this.exitCodes.remember(record.id, record.state.exitCode);
    });
    this.#byId.delete(record.id);
    this.#byName.delete(record.name);
    this.#tell(record, true);
    this.#listeners.delete(record.id);
  }

  /** Puts the record that `make` returns, together with what that writes to other stores: all of it or nothing. */
  putWith(make: () => ContainerRecord): ContainerRecord {
    const record = this.#state.transaction(() => {
      const made = make();
      this.#documents.put(made.id, made);
      return made;
    });
    // Only what has been written is seen: the end of a transaction fails where the disk is full.
    this.#remember(record);
    this.#tell(record, false);
    return record;
  }

  /** Calls back on every change of one record until disposed. */
  onChange(id: string, listener: RecordListener): Disposable {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    return {
      [Symbol.dispose]: () => {
        listeners.delete(listener);
        if (listeners.size === 0) this.#listeners.delete(id);
      },
    };
  }

  /** Resolves with the record once `done` holds; `removed` is true when it went away. @throws the signal's reason on abort */
  async until(
    record: ContainerRecord,
    done: (record: ContainerRecord, removed: boolean) => boolean,
    signal: AbortSignal,
  ): Promise<ContainerRecord> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<ContainerRecord>();
    using _change = this.onChange(record.id, (changed, removed) => {
      if (removed || done(changed, removed)) resolve(changed);
    });
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  #remember(record: ContainerRecord): void {
    this.#byId.set(record.id, record);
    this.#byName.set(record.name, record.id);
  }

  #tell(record: ContainerRecord, removed: boolean): void {
    for (const listener of [...(this.#listeners.get(record.id) ?? [])]) listener(record, removed);
  }
}

/** Also by failing to start. */
function everEnded({ state }: ContainerRecord): boolean {
  return state.finishedAt !== undefined || state.exitCode !== 0;
}
