import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onAbandon } from './abandon.ts';
import { assertContract } from './contract.ts';
import { Daemon } from './daemon.ts';
import { type Answer, type Hijacked, hijack, open, type RequestBody, type RequestOptions, request } from './http.ts';
import { findLeaks, sweepLeaks } from './leaks.ts';
import { TemporaryDirectory } from './temporary.ts';

const MAIN = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url));

/** How long what a removed container leaves may take to go: its monitor ends on its own. */
const SETTLE_MS = 3_000;

export interface ServiceOptions {
  /** Further command line options. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * A service of the test's own, with its state in a temporary directory. Disposing of it removes its containers and networks, stops it and
 * fails the test where anything of it is left on the host.
 */
export class Service implements AsyncDisposable {
  readonly root: string;
  readonly runroot: string;
  readonly socket: string;
  // Short: a unix socket's path has at most 107 bytes.
  readonly #directory = new TemporaryDirectory('selkie-');
  readonly #options: ServiceOptions;
  readonly #abandoned: Disposable;
  readonly #containerIds = new Set<string>();
  #daemon: Daemon | undefined;

  constructor(options: ServiceOptions) {
    const { path } = this.#directory;
    this.root = join(path, 'root');
    this.runroot = join(path, 'run');
    this.socket = join(path, 'api.sock');
    this.#options = options;
    this.#abandoned = onAbandon(() => sweepLeaks(this));
  }

  /** As clients take it: `unix:///…`. */
  get url(): string {
    return `unix://${this.socket}`;
  }

  get pid(): number {
    return this.#daemon?.pid ?? 0;
  }

  /** What it has printed since it was last started. */
  get log(): string {
    return this.#daemon?.log ?? '';
  }

  /** Starts it and waits until it answers. @throws with what it printed where it does not */
  async start(): Promise<void> {
    const { args = [], env } = this.#options;
    const options = ['--root', this.root, '--runroot', this.runroot, '--listen', this.url, ...args];
    const daemon = new Daemon(process.execPath, [MAIN, ...options], { ...process.env, ...env });
    this.#daemon = daemon;
    await daemon.ready(() => this.#answers());
  }

  async #answers(): Promise<true | undefined> {
    try {
      const { status } = await request(this.socket, 'GET', '/_ping');
      return status === 200 ? true : undefined;
    } catch {
      return undefined;
    }
  }

  /** Sends a request and holds the answer against the contract. */
  async request(method: string, path: string, body?: RequestBody, options?: RequestOptions): Promise<Answer> {
    const answer = await request(this.socket, method, path, body, options);
    assertContract(method, path, answer);
    if (answer.status === 201 && path.includes('/containers/create')) this.#containerIds.add(answer.string('Id'));
    return answer;
  }

  /** Sends a request and returns at the head of the response, for a stream to be read as it comes. */
  open(method: string, path: string, body?: RequestBody, options?: RequestOptions): Promise<IncomingMessage> {
    return open(this.socket, method, path, body, options);
  }

  /** Takes a connection over, as attach and exec start do. */
  hijack(path: string, body?: RequestBody, options?: RequestOptions): Promise<Hijacked> {
    return hijack(this.socket, path, body, options);
  }

  /** Stops it in good order; its containers go on. */
  async stop(): Promise<void> {
    await this.#daemon?.end('SIGTERM');
  }

  /** Kills it on the spot. */
  async kill(): Promise<void> {
    await this.#daemon?.end('SIGKILL');
  }

  /** Starts it again on the state it had, stopping it first where it runs. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.#daemon?.running) await this.start();
      await this.#removeEverything();
    } finally {
      await this.#stopAndSweep();
    }
  }

  async #removeEverything(): Promise<void> {
    const containers = await request(this.socket, 'GET', '/containers/json?all=1');
    for (const { Id } of objects(containers.json)) {
      this.#containerIds.add(String(Id));
      await this.#remove(`/containers/${Id}?force=1&v=1`);
    }
    const networks = await request(this.socket, 'GET', '/networks');
    for (const { Id, Name } of objects(networks.json)) {
      if (!['bridge', 'host', 'none', 'podman'].includes(String(Name))) await this.#remove(`/networks/${Id}`);
    }
  }

  async #remove(path: string): Promise<void> {
    const { status, text } = await request(this.socket, 'DELETE', path);
    // Gone already: it was being removed, as with auto-remove.
    if (status >= 300 && status !== 404 && status !== 409) throw new Error(`DELETE ${path}: ${status} ${text}`);
  }

  async #stopAndSweep(): Promise<void> {
    const log = this.log;
    await this.stop().catch((error: unknown) => {
      this.#sweep();
      throw error;
    });
    const suspect = { root: this.root, runroot: this.runroot, containerIds: this.#containerIds };
    const deadline = performance.now() + SETTLE_MS;
    let leaks = findLeaks(suspect);
    while (leaks.length > 0 && performance.now() < deadline) {
      await sleep(50);
      leaks = findLeaks(suspect);
    }
    this.#sweep();
    if (leaks.length > 0) throw new Error(`the service left behind:\n  ${leaks.join('\n  ')}\nits log:\n${log}`);
  }

  #sweep(): void {
    sweepLeaks(this);
    this.#directory[Symbol.dispose]();
    this.#abandoned[Symbol.dispose]();
  }
}

/** Starts the service of this checkout: `await using service = await startService()`. */
export async function startService(options: ServiceOptions = {}): Promise<Service> {
  const service = new Service(options);
  await service.start();
  return service;
}

function objects(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : [];
}
