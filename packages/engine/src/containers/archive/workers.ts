import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { SelkieError } from '@selkie/contract';
import { releaseFreeMemory } from '@selkie/native/memory';
import type { Answer, ArchiveFailure, ArchiveWork, Assignment, Order, PathStat } from './job.ts';

const IDLE_MS = 5_000;
/** An archive made to exhaust memory takes the thread down, not the service. */
const HEAP_MB = 512;

/** A failure of the work itself, for its verb to word. */
export class ArchiveWorkError extends Error {
  readonly failure: ArchiveFailure;

  constructor(failure: ArchiveFailure) {
    super(failure.reason);
    this.name = 'ArchiveWorkError';
    this.failure = failure;
  }
}

/**
 * A thread for work on containers' files, gone when idle. Many works share it and take turns, so that one whose client reads slowly holds
 * none of the others up.
 */
export class ArchiveWorkers {
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #running = new Set<WorkLine>();

  /**
   * Begins a piece of work. It must be disposed, which gives up what is not done.
   * @param released called once the thread uses nothing of it any more
   */
  begin(work: ArchiveWork, released: () => void): WorkLine {
    const { port1, port2 } = new MessageChannel();
    const line = new WorkLine(port1, () => {
      released();
      this.#ended(line);
    });
    this.#running.add(line);
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    worker.ref();
    worker.postMessage({ work, port: port2 } satisfies Assignment, [port2]);
    return line;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      execArgv: [],
      trackUnmanagedFds: false,
    });
    // Its works hear of it by their ports.
    const lost = () => {
      if (this.#worker === worker) this.#worker = undefined;
    };
    worker.on('error', lost);
    worker.on('exit', lost);
    return worker;
  }

  #ended(line: WorkLine): void {
    this.#running.delete(line);
    if (this.#running.size > 0) return;
    const worker = this.#worker;
    worker?.unref();
    this.#idle = setTimeout(() => {
      this.#worker = undefined;
      // What buffers left behind would otherwise count against an idle service.
      void worker?.terminate().then(releaseFreeMemory);
    }, IDLE_MS).unref();
  }
}

/** Our end of one piece of work. */
export class WorkLine implements Disposable {
  readonly #port: MessagePort;
  readonly #answers: Answer[] = [];
  #closed = false;
  #wake: () => void = () => {};

  constructor(port: MessagePort, ended: () => void) {
    this.#port = port;
    port.on('message', (answer: Answer) => {
      this.#answers.push(answer);
      this.#wake();
    });
    port.once('close', () => {
      this.#closed = true;
      this.#wake();
      ended();
    });
  }

  /** The next thing it says. @throws ArchiveWorkError; the signal's reason on abort */
  async next(signal: AbortSignal): Promise<Exclude<Answer, { failure: unknown }>> {
    for (;;) {
      signal.throwIfAborted();
      const answer = this.#answers.shift();
      if (answer !== undefined) {
        if ('failure' in answer) throw new ArchiveWorkError(answer.failure);
        return answer;
      }
      if (this.#closed) throw new ArchiveWorkError({ kind: 'host', reason: 'the thread at work has ended' });
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      const aborted = () => resolve();
      signal.addEventListener('abort', aborted, { once: true });
      await promise;
      signal.removeEventListener('abort', aborted);
    }
  }

  tell(order: Order, given: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(order, given);
  }

  [Symbol.dispose](): void {
    this.tell({ cancel: true });
    // The worker closes it; nothing here waits for that.
    this.#port.unref();
  }
}

/** The stat a work begins with. */
export async function statOf(line: WorkLine, signal: AbortSignal): Promise<PathStat> {
  const answer = await line.next(signal);
  if ('stat' in answer) return answer.stat;
  throw new SelkieError('INTERNAL', { reason: 'the archive worker said something else than asked' });
}
