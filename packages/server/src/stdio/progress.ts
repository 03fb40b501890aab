/** Lines that a callback gives and a response reads. */
export class Progress<T> implements AsyncIterable<T> {
  #lines: T[] = [];
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  push(...lines: T[]): void {
    this.#lines.push(...lines);
    this.#notify();
  }

  end(...last: T[]): void {
    this.#ended = true;
    this.push(...last);
  }

  /** Thrown to the reader after the lines it has not read yet. */
  fail(error: unknown): void {
    this.#failure = { error };
    this.end();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      const lines = this.#lines;
      this.#lines = [];
      yield* lines;
      if (this.#lines.length > 0) continue;
      if (this.#failure !== undefined) throw this.#failure.error;
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
