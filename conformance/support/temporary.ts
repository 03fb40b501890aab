import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onAbandon } from './abandon.ts';

/** A directory that goes with the test, also where the test does not come to its end. */
export class TemporaryDirectory implements Disposable {
  readonly path: string;
  readonly #abandoned: Disposable;

  constructor(prefix = 'selkie-') {
    this.path = mkdtempSync(join(tmpdir(), prefix));
    this.#abandoned = onAbandon(() => this[Symbol.dispose]());
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
    this.#abandoned[Symbol.dispose]();
  }
}
