/** Durable documents, one collection a kind. Synchronous: a write that returned survives kill -9. */
export interface StateStore {
  collection<T>(name: string): Collection<T>;
  /** Everything `work` writes lands together or not at all. Nested calls join the outer one. */
  transaction<R>(work: () => R): R;
  close(): void;
}

export interface Collection<T> {
  get(key: string): T | undefined;
  put(key: string, value: T): void;
  delete(key: string): void;
  entries(): [key: string, value: T][];
}
