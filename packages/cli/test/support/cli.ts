import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SELKIE = fileURLToPath(new URL('../../bin/selkie.mjs', import.meta.url));
const ON_TERMINAL = fileURLToPath(new URL('./on-terminal.py', import.meta.url));

/** What a command that has ended came to. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `selkie` against one service. */
export class Cli {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(url: string) {
    this.#environment = { ...process.env, CONTAINER_HOST: url };
  }

  /** Starts a command and leaves it running. */
  spawn(...args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
    return spawn(process.execPath, [SELKIE, ...args], { env: this.#environment, stdio: 'pipe' });
  }

  /** Runs a command to its end. */
  run(...args: readonly string[]): Promise<Outcome> {
    return this.runWith('', ...args);
  }

  async runWith(input: string, ...args: readonly string[]): Promise<Outcome> {
    const child = this.spawn(...args);
    child.stdin.on('error', () => {}).end(input);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code, stdout, stderr };
  }

  /** Runs a command that must succeed. @returns what it printed, without the last line feed */
  async ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`selkie ${args.join(' ')}: ${code}\n${stdout}${stderr}`);
    return stdout.trimEnd();
  }

  /** Runs a command on a terminal of 30 rows by 100 columns. */
  terminal(...args: readonly string[]): Terminal {
    const words = [ON_TERMINAL, process.execPath, SELKIE, ...args];
    return new Terminal(spawn('/usr/bin/python3', words, { env: this.#environment, stdio: 'pipe' }));
  }
}

/** A command on a terminal. */
export class Terminal {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<number | null>;
  #shown = '';

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    this.#ended = once(child, 'close').then(([code]) => code);
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (shown: string) => {
        this.#shown += shown;
      });
    }
  }

  get shown(): string {
    return this.#shown;
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  /** Waits until something is shown. @throws where the command ends before */
  until(pattern: RegExp): Promise<void> {
    return until(
      this.#child,
      () => pattern.test(this.#shown),
      () => `${pattern} was not shown:\n${this.#shown}`,
    );
  }

  /** Makes it 40 rows by 120 columns. */
  grow(): void {
    this.#child.kill('SIGUSR1');
  }

  /** Waits for the end. */
  exit(): Promise<number | null> {
    return this.#ended;
  }
}

/** Waits for a condition. @throws where the process ends before */
export async function until(child: ChildProcess, met: () => boolean, failure: () => string): Promise<void> {
  while (!met()) {
    if (child.exitCode !== null) throw new Error(failure());
    await sleep(20);
  }
}
