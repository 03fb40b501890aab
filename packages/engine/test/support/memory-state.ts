import type { Collection, StateStore } from '../../src/ports/state-store.ts';

/** A state store without a disk; transactions roll back as the real one's do. */
export class MemoryStateStore implements StateStore {
  readonly #collections = new Map<string, Map<string, string>>();
  #depth = 0;

  collection<T>(name: string): Collection<T> {
    const rows = () => {
      const map = this.#collections.get(name) ?? new Map<string, string>();
      this.#collections.set(name, map);
      return map;
    };
    return {
      get: (key) => {
        const body = rows().get(key);
        return body === undefined ? undefined : JSON.parse(body);
      },
      put: (key, value) => void rows().set(key, JSON.stringify(value)),
      delete: (key) => void rows().delete(key),
      entries: () => [...rows()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, body]) => [key, JSON.parse(body)]),
    };
  }

  transaction<R>(work: () => R): R {
    if (this.#depth > 0) return work();
    const before = new Map([...this.#collections].map(([name, rows]) => [name, new Map(rows)]));
    this.#depth++;
    try {
      return work();
    } catch (error) {
      this.#collections.clear();
      for (const [name, rows] of before) this.#collections.set(name, rows);
      throw error;
    } finally {
      this.#depth--;
    }
  }

  close(): void {}
}
