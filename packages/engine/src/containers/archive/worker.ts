import { type MessagePort, parentPort } from 'node:worker_threads';
import { Chunks } from './chunks.ts';
import { type Answer, type ArchiveWork, type Assignment, type Order, WINDOW } from './job.ts';
import { openView } from './open-view.ts';
import { describe, failureOf, locate, pack, unpack } from './perform.ts';

class Cancelled extends Error {}

/** The other thread's end of one piece of work. */
class Line {
  readonly #port: MessagePort;
  readonly #chunks: Buffer[] = [];
  #ended = false;
  #cancelled = false;
  /** Chunks we may still send. */
  #window = WINDOW;
  #wake: () => void = () => {};

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (order: Order) => {
      if ('chunk' in order)
        this.#chunks.push(Buffer.from(order.chunk.buffer, order.chunk.byteOffset, order.chunk.length));
      else if ('more' in order) this.#window++;
      else if ('end' in order) this.#ended = true;
      else this.#cancelled = true;
      this.#wake();
    });
    port.on('close', () => {
      this.#cancelled = true;
      this.#wake();
    });
  }

  say(answer: Answer): void {
    this.#port.postMessage(answer);
  }

  /** Sends a chunk once the other side can take it. */
  async send(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#until(() => this.#window > 0);
    this.#window--;
    this.#port.postMessage({ chunk } satisfies Answer, [chunk.buffer]);
  }

  async *received(): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      await this.#until(() => this.#chunks.length > 0 || this.#ended);
      const chunk = this.#chunks.shift();
      if (chunk === undefined) return;
      yield chunk;
      this.say({ more: true });
    }
  }

  close(): void {
    this.#port.close();
  }

  async #until(condition: () => boolean): Promise<void> {
    for (;;) {
      if (this.#cancelled) throw new Cancelled();
      if (condition()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
    }
  }
}

async function perform(work: ArchiveWork, line: Line): Promise<void> {
  using view = openView(work.view);
  if (work.kind === 'put') {
    await unpack(view, work, line.received());
    return;
  }
  using place = locate(view, work.path, work.followLast);
  line.say({ stat: describe(view, place) });
  if (work.kind === 'stat') return;
  const chunks = new Chunks();
  for (const piece of pack(view, place, work.path, work.rename)) {
    for (const chunk of chunks.add(piece)) await line.send(chunk);
  }
  for (const chunk of chunks.rest()) await line.send(chunk);
}

parentPort?.on('message', async ({ work, port }: Assignment) => {
  const line = new Line(port);
  try {
    await perform(work, line);
    line.say({ done: true });
  } catch (error) {
    if (!(error instanceof Cancelled)) line.say({ failure: failureOf(error) });
  } finally {
    line.close();
  }
});
