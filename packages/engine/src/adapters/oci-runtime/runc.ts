import { closeSync, constants, openSync, readSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { RuntimeCommand } from './command.ts';

/** How long the container's init may take to let go of the fifo; it takes microseconds where it is alive. */
const PATIENCE_MS = 10_000;
/** Turns of the event loop to look again before waiting a millisecond each time. */
const EAGER_TURNS = 200;

/**
 * runc without running it where it would only touch a file: a created container's init waits for a reader of `exec.fifo`, and what is left of an exited one
 * is its state directory. Each spares a process on the way of a start or an exit. Anything unexpected is left to the command.
 */
export class Runc extends RuntimeCommand {
  readonly #state: string;

  constructor(runtime: { name: string; path: string; stateDirectory: string }) {
    super(runtime);
    this.#state = runtime.stateDirectory;
  }

  override async start(id: string, signal: AbortSignal): Promise<void> {
    const fifo = join(this.#state, id, 'exec.fifo');
    if (!(await releaseInit(fifo, signal))) return super.start(id, signal);
    // Its absence is what tells a running container from a created one.
    unlinkSync(fifo);
  }

  override async delete(id: string, { exited = false } = {}): Promise<void> {
    if (!exited) return super.delete(id);
    rmSync(join(this.#state, id), { recursive: true, force: true });
  }
}

/** Reads the byte that init writes before it becomes the container's process; false where nobody wrote one. */
async function releaseInit(fifo: string, signal: AbortSignal): Promise<boolean> {
  let fd: number;
  try {
    fd = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return false;
  }
  try {
    const byte = Buffer.alloc(1);
    const deadline = performance.now() + PATIENCE_MS;
    for (let turn = 0; performance.now() < deadline; turn++) {
      signal.throwIfAborted();
      if (tryRead(fd, byte) === 1) return true;
      await (turn < EAGER_TURNS ? nextTurn() : sleep(1));
    }
    return false;
  } finally {
    closeSync(fd);
  }
}

/** 0 while no writer is there, or one that has not written yet. */
function tryRead(fd: number, byte: Buffer): number {
  try {
    return readSync(fd, byte);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
