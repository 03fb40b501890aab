import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { releaseFreeMemory } from '@selkie/native/memory';
import type { Job, JobAnswer } from './job.ts';

/** A worker costs some 15 MB, and a few tens of milliseconds to start. */
const IDLE_MS = 5_000;
const MAX_WORKERS = Math.min(2, availableParallelism());
/** A layer made to exhaust memory takes its worker down, not the service. */
const HEAP_MB = 512;

interface Task {
  readonly job: Job;
  readonly settle: (answer: JobAnswer) => void;
}

/** A thread, and the task it is at. */
interface Slot {
  readonly worker: Worker;
  task: Task | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** A few threads for work on files that would hold the event loop up; gone when idle. */
export class WorkerPool {
  readonly #slots = new Set<Slot>();
  readonly #queue: Task[] = [];
  readonly #heapMb: number;

  constructor({ heapMb = HEAP_MB }: { heapMb?: number } = {}) {
    this.#heapMb = heapMb;
  }

  /** Runs one job; always resolves, a dead worker is a failure of its job. */
  run(job: Job): Promise<JobAnswer> {
    return new Promise((settle) => {
      this.#queue.push({ job, settle });
      this.#next();
    });
  }

  /** Ends idle workers at once; one at work ends soon after it has done. */
  async close(): Promise<void> {
    await Promise.all([...this.#slots].filter(({ task }) => task === undefined).map((slot) => this.#end(slot)));
  }

  #next(): void {
    const idle = [...this.#slots].find(({ task }) => task === undefined);
    if (this.#queue.length === 0 || (idle === undefined && this.#slots.size >= MAX_WORKERS)) return;
    const slot = idle ?? this.#start();
    clearTimeout(slot.timer);
    slot.task = this.#queue.shift();
    slot.worker.ref();
    slot.worker.postMessage(slot.task?.job);
  }

  #start(): Slot {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMb },
      // Flags for the main program (a debugger's, a test runner's) are not for it.
      execArgv: [],
      // It opens descriptors by system call and closes them with Node's fs.
      trackUnmanagedFds: false,
    });
    const slot: Slot = { worker, task: undefined, timer: undefined };
    this.#slots.add(slot);
    worker.on('message', (answer: JobAnswer) => {
      worker.unref();
      slot.timer = setTimeout(() => this.#end(slot), IDLE_MS).unref();
      this.#finish(slot, answer);
    });
    worker.on('error', (error: unknown) => {
      const exhausted = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#slots.delete(slot);
      const reason = error instanceof Error ? error.message : String(error);
      this.#finish(slot, {
        failure: exhausted ? { kind: 'layer', reason: 'it takes too much memory' } : { kind: 'host', reason },
      });
    });
    worker.on('exit', (code) => {
      this.#slots.delete(slot);
      this.#finish(slot, { failure: { kind: 'host', reason: `the worker ended with ${code}` } });
    });
    return slot;
  }

  #finish(slot: Slot, answer: JobAnswer): void {
    const task = slot.task;
    slot.task = undefined;
    task?.settle(answer);
    this.#next();
  }

  async #end(slot: Slot): Promise<void> {
    clearTimeout(slot.timer);
    this.#slots.delete(slot);
    await slot.worker.terminate();
    // What large buffers and the thread's heap left behind would otherwise count against an idle service.
    if (this.#slots.size === 0) releaseFreeMemory();
  }
}
