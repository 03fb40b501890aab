import type { Socket } from 'node:net';
import type { Exchange } from './exchange.ts';

/** The requests under way; what idling and stopping go by. */
export class Activity {
  readonly #exchanges = new Set<Exchange>();
  readonly #watchers = new Set<() => void>();

  add(exchange: Exchange): void {
    this.#exchanges.add(exchange);
    this.#changed();
  }

  delete(exchange: Exchange): void {
    this.#exchanges.delete(exchange);
    this.#changed();
  }

  get size(): number {
    return this.#exchanges.size;
  }

  /** Whether a request of this connection is under way. */
  on(socket: Socket): boolean {
    return this.#exchanges.values().some(({ request }) => request.socket === socket);
  }

  /** Calls `idle` once nothing has been under way for `ms`, streams included. Dispose to stop watching. */
  whenIdleFor(ms: number, idle: () => void): Disposable {
    let timer: NodeJS.Timeout | undefined;
    const watch = () => {
      clearTimeout(timer);
      timer = this.size === 0 ? setTimeout(idle, ms) : undefined;
    };
    const stop = this.#watch(watch);
    watch();
    return {
      [Symbol.dispose]() {
        clearTimeout(timer);
        stop[Symbol.dispose]();
      },
    };
  }

  /** Lets short requests finish for at most `graceMs`, then ends streams and whatever is left, and waits `graceMs` again. */
  async drain(graceMs: number): Promise<void> {
    await this.#until(() => this.#all((exchange) => exchange.streaming), graceMs);
    for (const { ending } of this.#exchanges) ending.abort(new Error('the service is stopping'));
    await this.#until(() => this.size === 0, graceMs);
  }

  #all(test: (exchange: Exchange) => boolean): boolean {
    return [...this.#exchanges].every(test);
  }

  async #until(reached: () => boolean, ms: number): Promise<void> {
    if (reached()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    using _watch = this.#watch(() => {
      if (reached()) resolve();
    });
    const timer = setTimeout(resolve, ms);
    await promise;
    clearTimeout(timer);
  }

  #watch(watcher: () => void): Disposable {
    this.#watchers.add(watcher);
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) };
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
