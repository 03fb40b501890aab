import type { ProcessStdio } from '../ports/monitor.ts';

const LIMIT = 4096;

/** Reads what a check writes, up to a limit, without ever making it wait. */
export class CheckOutput {
  /** Resolves once it writes nothing more. */
  readonly ended: Promise<void>;
  readonly #chunks: Buffer[] = [];
  #length = 0;

  constructor(stdio: ProcessStdio) {
    this.ended = this.#read(stdio).catch(() => {});
  }

  async #read(stdio: ProcessStdio): Promise<void> {
    for await (const { data } of stdio) {
      if (this.#length <= LIMIT) this.#chunks.push(Buffer.from(data));
      this.#length += data.length;
    }
  }

  /** Both streams as they came; three dots after what was too much. */
  get text(): string {
    const text = Buffer.concat(this.#chunks).subarray(0, LIMIT).toString('utf8');
    return this.#length > LIMIT ? `${text}...` : text;
  }
}
