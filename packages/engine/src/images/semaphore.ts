import { abortable } from './keyed-mutex.ts';

/** At most so many at a time, first come first served. */
export class Semaphore {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  /**
   * @param onWait called where there is no place at once
   * @throws the signal's reason, where it aborts while waiting
   */
  async run<R>(signal: AbortSignal, work: () => Promise<R>, onWait: () => void = () => {}): Promise<R> {
    if (this.#free === 0) onWait();
    await this.#enter(signal);
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    const { promise: admitted, resolve: admit } = Promise.withResolvers<void>();
    this.#queue.push(admit);
    try {
      await abortable(admitted, signal);
    } catch (error) {
      const place = this.#queue.indexOf(admit);
      // No longer queued: the place was given to us at the same moment, and someone else can have it.
      if (place < 0) this.#leave();
      else this.#queue.splice(place, 1);
      throw error;
    }
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
