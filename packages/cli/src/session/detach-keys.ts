import { UsageError } from '../failure.ts';

export const DEFAULT_DETACH_KEYS = 'ctrl-p,ctrl-q';

/** Bytes of a sequence like `ctrl-p,ctrl-q` or `a,b`; none for the empty text. @throws UsageError */
export function parseDetachKeys(keys: string): readonly number[] {
  return keys === '' ? [] : keys.split(',').map(keyByte);
}

function keyByte(key: string): number {
  if (/^[\x20-\x7e]$/.test(key)) return key.charCodeAt(0);
  const control = /^ctrl-([a-z@[\\\]^_])$/i.exec(key)?.[1];
  if (control === undefined)
    throw new UsageError(`invalid detach keys: ${key}`, 'Keys are single characters or ctrl-<key>');
  return control.toUpperCase().charCodeAt(0) & 0x1f;
}

/** Finds the sequence in what is typed. What may be its beginning is held back until the next key tells. */
export class DetachKeys {
  readonly #sequence: readonly number[];
  #held: number[] = [];

  constructor(sequence: readonly number[]) {
    this.#sequence = sequence;
  }

  /** What of the input goes on, and whether the sequence is complete. */
  scan(input: Uint8Array): { pass: Buffer; detached: boolean } {
    const pass: number[] = [];
    for (const byte of input) {
      this.#held.push(byte);
      while (!this.#sequence.slice(0, this.#held.length).every((key, i) => key === this.#held[i])) this.#release(pass);
      if (this.#held.length > this.#sequence.length) this.#release(pass);
      else if (this.#held.length === this.#sequence.length) return { pass: Buffer.from(pass), detached: true };
    }
    return { pass: Buffer.from(pass), detached: false };
  }

  #release(pass: number[]): void {
    const first = this.#held.shift();
    if (first !== undefined) pass.push(first);
  }
}
