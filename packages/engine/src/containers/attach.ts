import { SelkieError } from '@selkie/contract';
import type { OutputChunk, ProcessStdio } from '../ports/monitor.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { takeSize } from './early-size.ts';
import { bundleOf } from './sandbox.ts';
import { isLive } from './status.ts';

/** A client's hold on a process's stdio. */
export interface StdioSession extends ProcessStdio {
  /** Output is one raw terminal stream; else two to be told apart. */
  readonly terminal: boolean;
}

/**
 * Attaches to a container. One that does not run yet is waited for: the session begins with the first byte after its start,
 * and ends without output if the start fails.
 * @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_PAUSED, CONTAINER_STATE
 */
export async function attach(ctx: ContainerContext, reference: string, signal: AbortSignal): Promise<StdioSession> {
  const record = ctx.store.find(reference);
  const { terminal } = record.definition.process;
  if (record.state.status === 'paused') throw new SelkieError('CONTAINER_PAUSED', { id: record.id, verb: 'attach' });
  if (record.state.status === 'removing')
    throw new SelkieError('CONTAINER_STATE', { reason: `container ${record.id} is being removed` });
  const stdio = isLive(record) ? await ctx.monitor.attach(bundleOf(ctx, record.id)) : undefined;
  ctx.emit('container', 'attach', record.id, record.name, attributesOf(record));
  return new AttachedSession(terminal, stdio ?? waitForStart(ctx, record.id, signal));
}

function waitForStart(ctx: ContainerContext, id: string, signal: AbortSignal): Promise<ProcessStdio | undefined> {
  const { promise, resolve } = Promise.withResolvers<ProcessStdio | undefined>();
  const waiting = ctx.waitingAttaches.get(id) ?? new Set();
  ctx.waitingAttaches.set(id, waiting.add(resolve));
  const removed = ctx.store.onChange(id, (_, gone) => {
    if (gone) resolve(undefined);
  });
  const abort = () => resolve(undefined);
  signal.addEventListener('abort', abort);
  return promise.finally(() => {
    signal.removeEventListener('abort', abort);
    removed[Symbol.dispose]();
    waiting.delete(resolve);
    // Others wait by now, for a later start.
    if (waiting.size > 0 || (ctx.waitingAttaches.get(id) ?? waiting) !== waiting) return;
    ctx.waitingAttaches.delete(id);
    takeSize(ctx, id);
  });
}

class AttachedSession implements StdioSession {
  readonly terminal: boolean;
  readonly #stdio: Promise<ProcessStdio | undefined>;
  #disposed = false;

  constructor(terminal: boolean, stdio: ProcessStdio | Promise<ProcessStdio | undefined>) {
    this.terminal = terminal;
    this.#stdio = Promise.resolve(stdio);
    void this.#stdio.then((connected) => {
      if (this.#disposed) connected?.[Symbol.dispose]();
    });
  }

  async *[Symbol.asyncIterator](): AsyncIterator<OutputChunk> {
    const stdio = await this.#stdio;
    if (stdio !== undefined) yield* stdio;
  }

  async write(data: Uint8Array): Promise<void> {
    await (await this.#stdio)?.write(data);
  }

  end(): void {
    void this.#stdio.then((stdio) => stdio?.end());
  }

  [Symbol.dispose](): void {
    this.#disposed = true;
    void this.#stdio.then((stdio) => stdio?.[Symbol.dispose]());
  }
}
