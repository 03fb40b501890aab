/** Serialises work on one container while others go on. Waiters are served in order. */
export class KeyedLock {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` once all earlier work of the key has ended. */
  async run<R>(key: string, work: () => Promise<R>): Promise<R> {
    const before = this.#tails.get(key) ?? Promise.resolve();
    const { promise: tail, resolve: release } = Promise.withResolvers<void>();
    this.#tails.set(key, tail);
    await before;
    try {
      return await work();
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
      release();
    }
  }

  /** Runs `work` once it holds all of the keys. Work that holds a key must not ask for another one. */
  runAll<R>(keys: readonly string[], work: () => Promise<R>): Promise<R> {
    const [key, ...others] = keys;
    return key === undefined ? work() : this.run(key, () => this.runAll(others, work));
  }
}
