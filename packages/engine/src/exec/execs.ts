import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isSelkieError, SelkieError } from '@selkie/contract';
import type { StdioSession } from '../containers/attach.ts';
import { attributesOf } from '../containers/attributes.ts';
import type { ContainerContext } from '../containers/context.ts';
import { hostError } from '../containers/host-error.ts';
import { newId } from '../containers/identity.ts';
import { refuseNul } from '../containers/nul.ts';
import { isAlive, signalProcess } from '../containers/process-identity.ts';
import type { ContainerRecord } from '../containers/record.ts';
import { bundleOf } from '../containers/sandbox.ts';
import type { ProcessStdio, TerminalSize } from '../ports/monitor.ts';
import type { ExecDefinition, ExecRecord } from './record.ts';
import { type RunProcess, runProcess } from './run.ts';
import type { ExecStore } from './store.ts';

/** How long an ended session can still be inspected. */
const KEPT_MS = 5 * 60_000;
const KILLED = 137;
/** How long the exit code may come after the last output. */
const EXIT_PATIENCE = 5_000;

/** Processes run inside running containers. */
export class Execs {
  readonly #ctx: ContainerContext;
  readonly #store: ExecStore;
  readonly #watches = new Map<string, Disposable>();

  constructor(ctx: ContainerContext, store: ExecStore) {
    this.#ctx = ctx;
    this.#store = store;
  }

  /** Declares a process. @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING, CONTAINER_PAUSED, INVALID_PARAMETER */
  create(container: string, definition: ExecDefinition): ExecRecord {
    const record = this.#runningContainer(container);
    if (definition.command.length === 0)
      throw new SelkieError('INVALID_PARAMETER', { reason: 'No exec command specified' });
    refuseNul(definition);
    const bad = definition.env.find((entry) => entry.indexOf('=') <= 0);
    if (bad !== undefined)
      throw new SelkieError('INVALID_PARAMETER', { reason: `invalid environment variable: ${bad}` });
    const exec: ExecRecord = { id: newId(), containerId: record.id, definition, state: 'created', pid: 0, pidStart: 0 };
    this.#store.put(exec);
    this.#emit('exec_create', exec, record);
    return exec;
  }

  /** @throws SelkieError NO_SUCH_EXEC */
  inspect(id: string): ExecRecord {
    return this.#store.find(id);
  }

  /** Sessions of a container, for its inspect. */
  ofContainer(containerId: string): readonly ExecRecord[] {
    return this.#store.ofContainer(containerId);
  }

  /**
   * Runs a declared process: detached, or with its stdio. A session runs once.
   * @throws SelkieError NO_SUCH_EXEC, CONTAINER_NOT_RUNNING, CONTAINER_PAUSED, CONFLICT (started before), COMMAND_NOT_FOUND, NO_SUCH_USER
   */
  async start(
    id: string,
    options: { detach: boolean; size?: TerminalSize },
    signal: AbortSignal,
  ): Promise<StdioSession | undefined> {
    const exec = this.#store.find(id);
    if (exec.state !== 'created')
      throw new SelkieError('CONFLICT', { reason: `Error: Exec command ${id} has already run` });
    const container = this.#runningContainer(exec.containerId);
    const size = options.size ?? exec.definition.consoleSize;
    this.#store.put({ ...exec, state: 'running' });
    let process: RunProcess;
    try {
      process = await runProcess(
        this.#ctx,
        {
          container,
          definition: exec.definition,
          directory: this.#directory(exec),
          attach: !options.detach,
          ...(size ? { size } : {}),
        },
        signal,
      );
    } catch (cause) {
      const error = this.#startError(cause, container);
      this.#store.put({ ...exec, state: 'exited', exitCode: isSelkieError(error, 'COMMAND_NOT_FOUND') ? 127 : 126 });
      this.#forgetLater(exec.id);
      throw error;
    }
    const { pid, pidStart, stdio } = process;
    // Else its container has ended meanwhile, and the session with it.
    if (this.#store.get(id)?.state === 'running') {
      this.#watch(this.#store.put({ ...exec, state: 'running', pid, pidStart }));
    }
    this.#emit('exec_start', exec, container);
    return stdio === undefined ? undefined : this.#session(stdio, exec);
  }

  /** @throws SelkieError NO_SUCH_EXEC, CONFLICT when it does not run */
  async resize(id: string, size: TerminalSize): Promise<void> {
    const exec = this.#store.find(id);
    if (exec.state !== 'running') throw new SelkieError('CONFLICT', { reason: `exec session ${id} is not running` });
    await this.#ctx.monitor.resize(this.#directory(exec), size);
  }

  /** Forgets a session, with `force` also one that runs. @throws SelkieError NO_SUCH_EXEC, CONFLICT */
  remove(id: string, force: boolean): void {
    const exec = this.#store.find(id);
    if (exec.state === 'running') {
      if (!force) throw new SelkieError('CONFLICT', { reason: `exec session ${id} is running` });
      signalProcess(exec.pid, exec.pidStart, 9);
    }
    this.#forget(exec);
  }

  /** Resolves with the exit code once the session has ended. @throws the signal's reason */
  async wait(id: string, signal: AbortSignal): Promise<number> {
    return (await this.#store.untilExited(id, signal)).exitCode ?? KILLED;
  }

  /** Settles the sessions of a container whose processes are gone. Called before its bundle is removed. */
  containerStopped(containerId: string): void {
    for (const exec of this.#store.ofContainer(containerId)) {
      if (exec.state === 'running') this.#settle(exec, this.#ctx.monitor.exitCode(this.#directory(exec)) ?? KILLED);
      this.#forgetLater(exec.id);
    }
  }

  /** Takes up sessions that were running when the last service ended. */
  recover(): void {
    for (const exec of this.#store.all()) {
      if (exec.state !== 'running') this.#forgetLater(exec.id);
      else if (this.#canEnd(exec)) this.#watch(exec);
      else this.#settle(exec, KILLED);
    }
  }

  /** Whether anybody will tell, or has told, how a session ends: the service may have been killed before there was a process, or its monitor with it. */
  #canEnd(exec: ExecRecord): boolean {
    const directory = this.#directory(exec);
    return this.#ctx.monitor.exitCode(directory) !== undefined || this.#ctx.monitor.isMonitored(directory);
  }

  #runningContainer(reference: string): ContainerRecord {
    const record = this.#ctx.store.find(reference);
    if (record.state.status === 'paused') throw new SelkieError('CONTAINER_PAUSED', { id: record.id, verb: 'exec' });
    if (record.state.status !== 'running') throw new SelkieError('CONTAINER_NOT_RUNNING', { id: record.id });
    return record;
  }

  /** Its output ends only once the exit code is known, so that a client which inspects next finds it. */
  #session(stdio: ProcessStdio, exec: ExecRecord): StdioSession {
    const exited = () => this.wait(exec.id, AbortSignal.timeout(EXIT_PATIENCE)).catch(() => {});
    return {
      terminal: exec.definition.terminal,
      write: (data) => stdio.write(data),
      end: () => stdio.end(),
      [Symbol.dispose]: () => stdio[Symbol.dispose](),
      async *[Symbol.asyncIterator]() {
        yield* stdio;
        await exited();
      },
    };
  }

  /** Whatever it died of: a container that ends takes its sessions along, also those that are just being started. */
  #startError(cause: unknown, { id, state }: ContainerRecord): unknown {
    const current = this.#ctx.store.get(id)?.state;
    const runs = current?.pid === state.pid && isAlive(state.pid, state.pidStart);
    return runs
      ? hostError('cannot run the process', cause)
      : new SelkieError('CONTAINER_NOT_RUNNING', { id }, { cause });
  }

  #directory(exec: ExecRecord): string {
    return join(bundleOf(this.#ctx, exec.containerId), 'exec', exec.id);
  }

  #watch(exec: ExecRecord): void {
    const watch = this.#ctx.monitor.onExit(this.#directory(exec), (code) =>
      this.#reporting(exec, 'settling', () => this.#settle(exec, code)),
    );
    this.#watches.set(exec.id, watch);
  }

  /** For work nobody waits for: the state may be on a full disk. */
  #reporting({ id }: ExecRecord, what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#ctx.report(`${what} exec session ${id}`, error);
    }
  }

  #settle(exec: ExecRecord, exitCode: number): void {
    this.#watches.get(exec.id)?.[Symbol.dispose]();
    this.#watches.delete(exec.id);
    const current = this.#store.get(exec.id);
    if (current === undefined || current.state === 'exited') return;
    const ended = this.#store.put({ ...current, state: 'exited', exitCode });
    rmSync(this.#directory(exec), { recursive: true, force: true });
    const container = this.#ctx.store.get(exec.containerId);
    if (container) this.#emit('exec_died', ended, container, { exitCode: String(exitCode) });
    this.#forgetLater(exec.id);
  }

  #forgetLater(id: string): void {
    setTimeout(() => {
      const exec = this.#store.get(id);
      if (exec === undefined || exec.state === 'running') return;
      this.#reporting(exec, 'forgetting', () => this.#forget(exec));
    }, KEPT_MS).unref();
  }

  #forget(exec: ExecRecord): void {
    this.#watches.get(exec.id)?.[Symbol.dispose]();
    this.#watches.delete(exec.id);
    rmSync(this.#directory(exec), { recursive: true, force: true });
    this.#store.delete(exec.id);
  }

  #emit(action: string, exec: ExecRecord, container: ContainerRecord, more: Record<string, string> = {}): void {
    const attributes = attributesOf(container, {
      execID: exec.id,
      execCommand: exec.definition.command.join(' '),
      ...more,
    });
    this.#ctx.emit('container', action, container.id, container.name, attributes);
  }
}
