import type { Socket } from 'node:net';
import type { OutputChunk, ProcessStdio } from '../../ports/monitor.ts';

/** conmon reads at most this much of one packet; what is longer would be cut off. */
const PACKET = 8192;
const STDERR = 3;
/** Chunks held for a slow reader before conmon, and so the process, is made to wait. */
const HIGH_WATER = 64;

/** conmon's attach socket: each packet is one byte naming the stream and then its bytes. */
export class ConmonStdio implements ProcessStdio {
  readonly #socket: Socket;
  readonly #queue: OutputChunk[] = [];
  #ended = false;
  #wake: (() => void) | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (packet: Buffer) => {
      this.#queue.push({ stream: packet[0] === STDERR ? 'stderr' : 'stdout', data: packet.subarray(1) });
      if (this.#queue.length >= HIGH_WATER) socket.pause();
      this.#notify();
    });
    const finish = () => {
      this.#ended = true;
      this.#notify();
    };
    socket.on('end', finish).on('close', finish).on('error', finish);
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<OutputChunk> {
    for (;;) {
      const chunk = this.#queue.shift();
      if (chunk !== undefined) {
        if (this.#queue.length < HIGH_WATER / 2) this.#socket.resume();
        yield chunk;
      } else if (this.#ended) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  write(data: Uint8Array): Promise<void> {
    this.#writing = this.#writing.then(() => this.#send(data));
    return this.#writing;
  }

  /** libuv joins queued writes into one packet, so each has to leave before the next. A closed socket swallows the rest, as a pipe to a dead process does. */
  async #send(data: Uint8Array): Promise<void> {
    for (let at = 0; at < data.length && this.#socket.writable; at += PACKET) {
      await new Promise<void>((resolve) => this.#socket.write(data.subarray(at, at + PACKET), () => resolve()));
    }
  }

  end(): void {
    this.#writing = this.#writing.then(() => void this.#socket.end());
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
