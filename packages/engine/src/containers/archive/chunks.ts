/** Large enough that the way from thread to thread does not count. */
export const CHUNK = 512 * 1024;

/** Gathers small pieces and cuts large ones, into memory of their own that can be handed to another thread. */
export class Chunks {
  #chunk = Buffer.allocUnsafeSlow(CHUNK);
  #filled = 0;

  /** Takes a piece, which may change afterwards; yields what has become full. */
  *add(piece: Uint8Array): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + CHUNK - this.#filled);
      this.#chunk.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === CHUNK) yield* this.rest();
    }
  }

  /** What is left. */
  *rest(): Generator<Uint8Array<ArrayBuffer>, void, undefined> {
    if (this.#filled === 0) return;
    const full = this.#filled === CHUNK ? this.#chunk : new Uint8Array(this.#chunk.subarray(0, this.#filled));
    this.#chunk = Buffer.allocUnsafeSlow(CHUNK);
    this.#filled = 0;
    yield full;
  }
}
