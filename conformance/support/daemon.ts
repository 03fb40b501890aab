import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onAbandon } from './abandon.ts';

const STOP_TIMEOUT_MS = 20_000;

/** A process of a test's own that runs until it is told to stop. */
export class Daemon implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #name: string;
  #log = '';

  constructor(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
    this.#name = file;
    this.#child = spawn(file, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      output?.setEncoding('utf8').on('data', (text: string) => {
        this.#log += text;
      });
    }
    const abandoned = onAbandon(() => this.#child.kill('SIGKILL'));
    this.#child.on('exit', () => abandoned[Symbol.dispose]());
    this.#child.on('error', (error) => {
      this.#log += String(error);
    });
  }

  /** What it has printed. */
  get log(): string {
    return this.#log;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get running(): boolean {
    return this.#child.pid !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves with what `probe` first returns other than undefined. @throws where the process ends before */
  async ready<T>(probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (;;) {
      const result = await probe();
      if (result !== undefined) return result;
      if (!this.running) throw new Error(`${this.#name} ended before it was ready:\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Waits for it to end by itself. Its exit code; null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Signals it and waits until it is gone. @throws where it has to be killed, or ended otherwise than as asked */
  async end(signal: 'SIGTERM' | 'SIGKILL', timeoutMs = STOP_TIMEOUT_MS): Promise<void> {
    if (!this.running) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), timeoutMs);
    await exited;
    clearTimeout(timer);
    // What it leaves running may hold these open.
    for (const output of [this.#child.stdout, this.#child.stderr]) output?.destroy();
    if (signal === 'SIGTERM' && this.#child.signalCode === 'SIGKILL') {
      throw new Error(`${this.#name} did not stop on SIGTERM:\n${this.#log}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGTERM');
  }
}
