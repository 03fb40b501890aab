import { SelkieError } from '@selkie/contract';

export const DEFAULT_DETACH_KEYS = 'ctrl-p,ctrl-q';

/** Bytes of a sequence like `ctrl-p,ctrl-q` or `a,b`; empty for "". @throws SelkieError INVALID_PARAMETER */
export function parseDetachKeys(keys: string): Buffer {
  if (keys === '') return Buffer.alloc(0);
  return Buffer.from(keys.split(',').map(keyByte));
}

function keyByte(key: string): number {
  if (/^[\x20-\x7e]$/.test(key)) return key.charCodeAt(0);
  const control = /^ctrl-([a-z@[\\\]^_])$/i.exec(key)?.[1];
  if (control !== undefined) return control.toUpperCase().charCodeAt(0) - 0x40;
  throw new SelkieError('INVALID_PARAMETER', { reason: `Invalid detach keys (${key}) provided` });
}

/** Looks for the sequence in what a client types. Keys that may begin it are held back until it is known whether they do. */
export class DetachScanner {
  readonly #sequence: Buffer;
  #matched = 0;

  constructor(sequence: Buffer) {
    this.#sequence = sequence;
  }

  /** What of a chunk goes on to the process, and whether the sequence was completed. */
  scan(chunk: Buffer): { pass: Buffer; detached: boolean } {
    const sequence = this.#sequence;
    if (sequence.length === 0) return { pass: chunk, detached: false };
    const pass: number[] = [];
    for (const byte of chunk) {
      // On a mismatch what was held back goes on, and this byte may begin the sequence anew.
      while (this.#matched > 0 && byte !== sequence[this.#matched]) pass.push(...this.#giveBack());
      if (byte !== sequence[this.#matched]) {
        pass.push(byte);
        continue;
      }
      this.#matched++;
      if (this.#matched === sequence.length) return { pass: Buffer.from(pass), detached: true };
    }
    return { pass: Buffer.from(pass), detached: false };
  }

  /** The first held byte is no start after all; the longest rest that still is one stays held. */
  #giveBack(): Buffer {
    const held = this.#sequence.subarray(0, this.#matched);
    for (let length = this.#matched - 1; ; length--) {
      if (held.subarray(held.length - length).equals(this.#sequence.subarray(0, length))) {
        this.#matched = length;
        return held.subarray(0, held.length - length);
      }
    }
  }
}
