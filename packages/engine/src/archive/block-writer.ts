import { closeSync, constants, openSync, readSync } from 'node:fs';

const BLOCK_SIZE = 256 * 1024;

/** Gathers an archive's bytes in large blocks, each handed on once and not used again. */
export class BlockWriter {
  readonly #hand: (block: Buffer<ArrayBuffer>) => void;
  #block: Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow(BLOCK_SIZE);
  #filled = 0;

  constructor(hand: (block: Buffer<ArrayBuffer>) => void) {
    this.#hand = hand;
  }

  write(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      const copied = bytes.copy(this.#block, this.#filled, at);
      at += copied;
      this.#advance(copied);
    }
  }

  /** Exactly `size` bytes of a file, given by an O_PATH descriptor. One that has shrunk meanwhile is filled up with zeros. */
  writeFile(pathFd: number, size: number): void {
    const fd = openSync(`/proc/self/fd/${pathFd}`, constants.O_RDONLY);
    try {
      for (let at = 0; at < size; ) {
        const room = Math.min(BLOCK_SIZE - this.#filled, size - at);
        const read = readSync(fd, this.#block, this.#filled, room, at);
        if (read === 0) this.#block.fill(0, this.#filled, this.#filled + room);
        at += read === 0 ? room : read;
        this.#advance(read === 0 ? room : read);
      }
    } finally {
      closeSync(fd);
    }
  }

  /** Hands on what is left. */
  flush(): void {
    if (this.#filled > 0) this.#hand(this.#block.subarray(0, this.#filled));
    this.#block = Buffer.allocUnsafeSlow(BLOCK_SIZE);
    this.#filled = 0;
  }

  #advance(bytes: number): void {
    this.#filled += bytes;
    if (this.#filled === BLOCK_SIZE) this.flush();
  }
}
