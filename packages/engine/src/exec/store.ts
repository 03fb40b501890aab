import { SelkieError } from '@selkie/contract';
import type { Collection, StateStore } from '../ports/state-store.ts';
import type { ExecRecord } from './record.ts';

/** Exec sessions: served from memory, written through. */
export class ExecStore {
  readonly #documents: Collection<ExecRecord>;
  readonly #byId = new Map<string, ExecRecord>();
  readonly #waiters = new Map<string, Set<() => void>>();

  constructor(state: StateStore) {
    this.#documents = state.collection('execs');
    for (const [id, exec] of this.#documents.entries()) this.#byId.set(id, exec);
  }

  all(): ExecRecord[] {
    return [...this.#byId.values()];
  }

  ofContainer(containerId: string): ExecRecord[] {
    return this.all().filter((exec) => exec.containerId === containerId);
  }

  get(id: string): ExecRecord | undefined {
    return this.#byId.get(id);
  }

  /** By ID or unique prefix. @throws SelkieError NO_SUCH_EXEC */
  find(id: string): ExecRecord {
    const exact = this.#byId.get(id);
    if (exact) return exact;
    const matches = id.length >= 4 ? this.all().filter((exec) => exec.id.startsWith(id)) : [];
    const [match] = matches;
    if (matches.length !== 1 || match === undefined) throw new SelkieError('NO_SUCH_EXEC', { id });
    return match;
  }

  put(exec: ExecRecord): ExecRecord {
    this.#documents.put(exec.id, exec);
    this.#byId.set(exec.id, exec);
    this.#wake(exec.id);
    return exec;
  }

  delete(id: string): void {
    this.#documents.delete(id);
    this.#byId.delete(id);
    this.#wake(id);
  }

  /** @throws SelkieError NO_SUCH_EXEC, also when it is removed meanwhile; the signal's reason on abort */
  async untilExited(id: string, signal: AbortSignal): Promise<ExecRecord> {
    for (;;) {
      const exec = this.find(id);
      if (exec.state === 'exited') return exec;
      signal.throwIfAborted();
      await this.#change(exec.id, signal);
    }
  }

  async #change(id: string, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiters = this.#waiters.get(id) ?? new Set();
    this.#waiters.set(id, waiters.add(resolve));
    const abort = () => resolve();
    signal.addEventListener('abort', abort);
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      waiters.delete(resolve);
      if (waiters.size === 0 && this.#waiters.get(id) === waiters) this.#waiters.delete(id);
    }
  }

  #wake(id: string): void {
    const waiters = this.#waiters.get(id);
    this.#waiters.delete(id);
    for (const wake of waiters ?? []) wake();
  }
}
