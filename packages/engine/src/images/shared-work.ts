import { abortable } from './keyed-mutex.ts';

interface Job<T, P> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly listeners: Set<(progress: P) => void>;
  waiters: number;
  last?: P;
}

/** Work that several callers want and that is done once. It is cancelled when the last of them has left. */
export class SharedWork<T, P> {
  readonly #jobs = new Map<string, Job<T, P>>();

  /**
   * Joins the work of this key or begins it.
   * @throws what the work throws; the signal's reason for a caller that leaves
   */
  async run(
    key: string,
    signal: AbortSignal,
    onProgress: (progress: P) => void,
    work: (signal: AbortSignal, report: (progress: P) => void) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const job = this.#jobs.get(key) ?? this.#begin(key, work);
    job.waiters++;
    job.listeners.add(onProgress);
    if (job.last !== undefined) onProgress(job.last);
    try {
      return await abortable(job.result, signal);
    } finally {
      job.listeners.delete(onProgress);
      job.waiters--;
      if (job.waiters === 0) {
        // Who comes now must not join work that is being called off.
        if (this.#jobs.get(key) === job) this.#jobs.delete(key);
        job.controller.abort();
        // Leaving means that nothing of it goes on behind the caller's back.
        await job.result.catch(() => {});
      }
    }
  }

  #begin(key: string, work: (signal: AbortSignal, report: (progress: P) => void) => Promise<T>): Job<T, P> {
    const controller = new AbortController();
    const listeners = new Set<(progress: P) => void>();
    const report = (progress: P) => {
      job.last = progress;
      for (const listener of listeners) listener(progress);
    };
    const job: Job<T, P> = {
      result: Promise.resolve().then(() => work(controller.signal, report)),
      controller,
      listeners,
      waiters: 0,
    };
    this.#jobs.set(key, job);
    const forget = () => {
      if (this.#jobs.get(key) === job) this.#jobs.delete(key);
    };
    job.result.then(forget, forget);
    return job;
  }
}
