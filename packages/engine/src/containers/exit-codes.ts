import { nowNanos } from '../clock.ts';
import type { Collection, StateStore } from '../ports/state-store.ts';

interface RememberedExit {
  readonly exitCode: number;
  /** Nanoseconds since the epoch, as text: tells which one goes first. */
  readonly at: string;
}

const KEPT = 1000;

/** How the last containers that were removed had ended. */
export class ExitCodes {
  readonly #documents: Collection<RememberedExit>;
  /** Oldest first. */
  readonly #byId: Map<string, number>;

  constructor(state: StateStore) {
    this.#documents = state.collection('exit-codes');
    const entries = this.#documents.entries().sort(([, a], [, b]) => (BigInt(a.at) < BigInt(b.at) ? -1 : 1));
    this.#byId = new Map(entries.map(([id, { exitCode }]) => [id, exitCode]));
  }

  get(id: string): number | undefined {
    return this.#byId.get(id);
  }

  remember(id: string, exitCode: number): void {
    this.#documents.put(id, { exitCode, at: String(nowNanos()) });
    this.#byId.set(id, exitCode);
    const [oldest] = this.#byId.keys();
    if (oldest === undefined || this.#byId.size <= KEPT) return;
    this.#documents.delete(oldest);
    this.#byId.delete(oldest);
  }
}
