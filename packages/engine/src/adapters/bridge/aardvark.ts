import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';

const CANDIDATES = [
  '/usr/lib/podman/aardvark-dns',
  '/usr/libexec/podman/aardvark-dns',
  '/usr/local/libexec/podman/aardvark-dns',
];

const STOP_MS = 500;

/** Path of the program, where it is installed. */
export function findAardvark(): string | undefined {
  return CANDIDATES.find((path) => existsSync(path));
}

/** The aardvark-dns process that serves one directory of files; it outlives the service and is found again by its pid file. */
export class Aardvark {
  readonly #dir: string;
  readonly #pidFile: string;

  constructor(dir: string) {
    this.#dir = dir;
    this.#pidFile = join(dir, 'aardvark.pid');
  }

  /** Its pid, where it runs and serves this very directory. */
  get pid(): number | undefined {
    try {
      const pid = Number(readFileSync(this.#pidFile, 'utf8'));
      return Number.isInteger(pid) && pid > 1 && this.#isOurs(pid) ? pid : undefined;
    } catch {
      return undefined;
    }
  }

  /** @throws SelkieError HOST */
  async start(signal: AbortSignal): Promise<void> {
    const binary = findAardvark();
    if (!binary)
      throw new SelkieError('HOST', {
        reason: 'aardvark-dns is not installed: containers cannot find each other by name',
      });
    const args = ['--config', this.#dir, '-p', '53', 'run'];
    // It forks; this parent ends once the child has read its files.
    const parent = spawn(binary, args, { stdio: 'ignore', signal, env: {}, cwd: '/' });
    try {
      const [code] = await once(parent, 'exit');
      if (code !== 0) throw new Error(`exit code ${code}`);
    } catch (cause) {
      throw new SelkieError('HOST', { reason: 'aardvark-dns does not start' }, { cause });
    }
  }

  reload(): void {
    this.#signal('SIGHUP');
  }

  /** Returns when it is gone and its addresses are free for the next one. */
  async stop(): Promise<void> {
    const { pid } = this;
    this.#signal('SIGTERM');
    const patience = performance.now() + STOP_MS;
    while (pid !== undefined && this.#isOurs(pid)) {
      await sleep(2);
      if (performance.now() > patience) this.#signal('SIGKILL');
    }
    rmSync(this.#pidFile, { force: true });
  }

  #signal(signal: 'SIGHUP' | 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this;
    if (pid === undefined) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }

  /** A process that has ended but is not reaped has no arguments. */
  #isOurs(pid: number): boolean {
    try {
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return args.includes(this.#dir) && args.includes('run');
    } catch {
      return false;
    }
  }
}
