import { ArchiveError } from './errors.ts';

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;

const DICTIONARY_ID_SIZES = [0, 1, 2, 4];
const CONTENT_SIZES = [0, 2, 4, 8];
const RLE = 1;
const RESERVED = 3;

/**
 * Cuts zstd data where a frame ends. Layers made for partial pulls are thousands of frames; Node's decoder takes a second frame in
 * the same piece for trailing garbage and drops it without a word.
 */
export async function* zstdFrames(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const walker = new FrameWalker();
  for await (const chunk of source) {
    let start = 0;
    for (let at = 0; at < chunk.length; ) {
      at += walker.walk(chunk, at);
      if (walker.frameEnded || at === chunk.length) {
        if (at > start) yield chunk.subarray(start, at);
        start = at;
      }
    }
  }
}

type Field = 'magic' | 'skip-size' | 'descriptor' | 'block';

/** Follows the framing (RFC 8878) without looking into the blocks. */
class FrameWalker {
  /** Whether the last step reached the end of a frame. */
  frameEnded = false;
  #field: Field = 'magic';
  readonly #bytes = Buffer.alloc(4);
  #have = 0;
  #need = 4;
  /** Bytes to pass over before the next field, or before the end of the frame. */
  #pass = 0;
  #checksum = 0;
  #ending = false;

  /** Takes a step into the chunk; returns how far it went. */
  walk(chunk: Buffer, at: number): number {
    this.frameEnded = false;
    let taken: number;
    if (this.#pass > 0) {
      taken = Math.min(this.#pass, chunk.length - at);
      this.#pass -= taken;
    } else {
      taken = chunk.copy(this.#bytes, this.#have, at, at + this.#need - this.#have);
      this.#have += taken;
      if (this.#have === this.#need) this.#read();
    }
    if (this.#pass === 0 && this.#ending) {
      this.frameEnded = true;
      this.#ending = false;
      this.#expect('magic', 4);
    }
    return taken;
  }

  #expect(field: Field, need: number): void {
    this.#field = field;
    this.#need = need;
    this.#have = 0;
  }

  #read(): void {
    const value = this.#bytes.readUIntLE(0, this.#need);
    if (this.#field === 'magic') this.#magic(value);
    else if (this.#field === 'descriptor') this.#descriptor(value);
    else if (this.#field === 'block') this.#block(value);
    else {
      this.#pass = value;
      this.#ending = true;
    }
  }

  #magic(value: number): void {
    if (value === MAGIC) this.#expect('descriptor', 1);
    else if (value >>> 4 === SKIPPABLE) this.#expect('skip-size', 4);
    else throw new ArchiveError('damaged zstd data: not a frame');
  }

  #descriptor(value: number): void {
    const singleSegment = (value & 0x20) !== 0;
    const contentSize = value >> 6 === 0 && singleSegment ? 1 : (CONTENT_SIZES[value >> 6] ?? 0);
    this.#checksum = value & 0x04 ? 4 : 0;
    this.#pass = (singleSegment ? 0 : 1) + (DICTIONARY_ID_SIZES[value & 3] ?? 0) + contentSize;
    this.#expect('block', 3);
  }

  #block(value: number): void {
    const type = (value >> 1) & 3;
    if (type === RESERVED) throw new ArchiveError('damaged zstd data: a block of unknown type');
    const last = (value & 1) !== 0;
    this.#pass = (type === RLE ? 1 : value >> 3) + (last ? this.#checksum : 0);
    this.#ending = last;
    this.#expect('block', 3);
  }
}
