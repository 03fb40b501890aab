import { isSelkieError, SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { takeSize } from './early-size.ts';
import { watchExit } from './exit.ts';
import { hostError } from './host-error.ts';
import { processStart } from './process-identity.ts';
import type { ContainerRecord } from './record.ts';
import { removeLocked } from './remove.ts';
import { cancelRestart } from './restart-policy.ts';
import { bundleOf, logPathOf, prepare, teardown } from './sandbox.ts';
import { isLive } from './status.ts';

/**
 * Starts a container, if it is `still` to be once its turn has come. Where it fails nothing of it is left but the record, which says why.
 * @throws SelkieError NO_SUCH_CONTAINER, NOT_MODIFIED (it runs), CONTAINER_STATE, COMMAND_NOT_FOUND, NO_SUCH_USER, PORT_IN_USE, …
 */
export async function start(
  ctx: ContainerContext,
  reference: string,
  signal: AbortSignal,
  still: (record: ContainerRecord) => boolean = () => true,
): Promise<void> {
  const { id } = ctx.store.find(reference);
  // What recovery could not put right must not keep the rest from working.
  await ctx.recovered().catch(() => {});
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (!still(record)) return;
    refuseUnlessStartable(record);
    signal.throwIfAborted();
    cancelRestart(ctx, id);
    await launch(ctx, record);
  });
}

/**
 * Makes a container ready, so that all its start has to do is to let its process go.
 * @throws SelkieError as start
 */
export async function init(ctx: ContainerContext, reference: string, signal: AbortSignal): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.recovered().catch(() => {});
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (record.state.status === 'initialized') throw new SelkieError('NOT_MODIFIED', {});
    refuseUnlessStartable(record);
    signal.throwIfAborted();
    cancelRestart(ctx, id);
    await undoOnFailure(ctx, record, () => make(ctx, record));
    const ready = ctx.store.setState(record, { status: 'initialized' });
    watchExit(ctx, ready);
    ctx.emit('container', 'init', id, ready.name, attributesOf(ready));
  });
}

function refuseUnlessStartable(record: ContainerRecord): void {
  if (record.state.status === 'paused') {
    throw new SelkieError('CONTAINER_STATE', { reason: 'cannot start a paused container, try unpause instead' });
  }
  if (isLive(record) && record.state.status !== 'initialized') throw new SelkieError('NOT_MODIFIED', {});
  if (record.state.status === 'removing' || record.state.status === 'dead') {
    throw new SelkieError('CONTAINER_STATE', { reason: 'container is marked for removal and cannot be started' });
  }
}

/** A client that goes away between here and the end must not leave a container half started: it is not asked any more. */
async function launch(ctx: ContainerContext, before: ContainerRecord): Promise<void> {
  const { id } = before;
  await undoOnFailure(ctx, before, async () => {
    if (before.state.status !== 'initialized') await make(ctx, before);
    await connectWaiting(ctx, id);
    await ctx.runtime(before.definition.runtime).start(id, new AbortController().signal);
  });
  const running = ctx.store.setState(before, {
    status: 'running',
    startedAt: timestamp(),
    exitCode: 0,
    oomKilled: false,
  });
  watchExit(ctx, running);
  ctx.onStarted(running);
  ctx.emit('container', 'start', id, running.name, attributesOf(running));
}

/** Everything up to a process that waits to be let go. */
async function make(ctx: ContainerContext, before: ContainerRecord): Promise<void> {
  ctx.store.setState(before, { status: 'starting', stoppedByUser: false, error: '' });
  const prepared = await prepare(ctx, ctx.store.get(before.id) ?? before);
  const runtime = ctx.runtime(prepared.definition.runtime);
  const unaborted = new AbortController().signal;
  const { pid, monitorPid } = await ctx.monitor.create(monitorRequest(ctx, prepared, runtime), unaborted);
  ctx.store.setState(prepared, { pid, pidStart: processStart(pid), conmonPid: monitorPid });
}

async function undoOnFailure(ctx: ContainerContext, before: ContainerRecord, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const error = hostError('cannot make the container ready', cause);
    await abandon(ctx, before, error);
    throw error;
  }
}

function monitorRequest(
  ctx: ContainerContext,
  record: ContainerRecord,
  runtime: { path: string; args: readonly string[] },
) {
  const { process, log } = record.definition;
  const bundle = bundleOf(ctx, record.id);
  return {
    id: record.id,
    name: record.name,
    bundle,
    directory: bundle,
    logPath: logPathOf(ctx, record),
    logMaxSize: log.maxSize,
    terminal: process.terminal,
    stdin: process.stdin,
    stdinOnce: process.stdinOnce,
    runtime,
    systemdCgroup: ctx.cgroups.manager === 'systemd',
  };
}

/** Clients that attached before there was anything to attach to. */
async function connectWaiting(ctx: ContainerContext, id: string): Promise<void> {
  const size = takeSize(ctx, id);
  if (size !== undefined) await ctx.monitor.resize(bundleOf(ctx, id), size);
  const waiting = ctx.waitingAttaches.get(id);
  ctx.waitingAttaches.delete(id);
  for (const connect of waiting ?? []) {
    // The process may have been killed already: its start will say so.
    connect(await ctx.monitor.attach(bundleOf(ctx, id)).catch(() => undefined));
  }
}

/** Undoes a start that failed. */
async function abandon(ctx: ContainerContext, before: ContainerRecord, error: unknown): Promise<void> {
  const current = ctx.store.get(before.id) ?? before;
  // What cannot be given back now is given back at the next start of the container or the service.
  await teardown(ctx, current).catch((failure) => ctx.report(`undoing the start of container ${before.id}`, failure));
  for (const connect of ctx.waitingAttaches.get(before.id) ?? []) connect(undefined);
  ctx.waitingAttaches.delete(before.id);
  const failed = ctx.store.put({
    ...before,
    state: {
      ...before.state,
      status: before.state.startedAt === undefined ? 'created' : 'exited',
      pid: 0,
      pidStart: 0,
      conmonPid: 0,
      stoppedByUser: (ctx.store.get(before.id) ?? current).state.stoppedByUser,
      exitCode: failureCode(error),
      error: error instanceof Error ? error.message : String(error),
    },
  });
  if (failed.definition.autoRemove) await removeLocked(ctx, failed, { volumes: true });
}

/** What a shell would say: 127 no such command, 126 not to be run, 128 anything else. */
function failureCode(error: unknown): number {
  if (isSelkieError(error, 'COMMAND_NOT_FOUND')) return 127;
  return isSelkieError(error, 'COMMAND_NOT_EXECUTABLE') ? 126 : 128;
}
