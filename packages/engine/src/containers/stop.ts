import { SelkieError } from '@selkie/contract';
import { timerDelay } from '../clock.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { afterExit } from './exit.ts';
import { sendSignal } from './kill.ts';
import type { ContainerRecord } from './record.ts';
import { cancelRestart } from './restart-policy.ts';
import { signalNumber } from './signals.ts';
import { isLive } from './status.ts';

const DEFAULT_TIMEOUT = 10;
const SIGKILL = 9;
const SIGCONT = 18;
/** How long the kernel may take to end a killed process before we give up waiting. */
const KILL_PATIENCE = 30_000;

export interface StopOptions {
  /** Seconds until SIGKILL; negative: never; undefined: the container's own, 10 by default. */
  readonly timeout?: number;
  readonly signal?: string;
}

/**
 * Asks a container to end and makes it end once the time is over. Resolves when it has been cleaned up.
 * @throws SelkieError NO_SUCH_CONTAINER, NOT_MODIFIED where it does not run
 */
export async function stop(
  ctx: ContainerContext,
  reference: string,
  options: StopOptions,
  signal: AbortSignal,
): Promise<void> {
  const { id } = ctx.store.find(reference);
  // One that is just being started is stopped when it runs.
  if (ctx.store.find(id).state.status === 'starting') await ctx.lock.run(id, async () => {});
  const record = ctx.store.find(id);
  const signalToSend = options.signal === undefined ? record.process.stopSignal : signalNumber(options.signal);
  if (cancelRestart(ctx, record.id)) {
    ctx.store.setState(record, { stoppedByUser: true });
    await ctx.lock.run(record.id, async () => {
      const current = ctx.store.get(record.id);
      if (current && !isLive(current)) await afterExit(ctx, current);
    });
    return;
  }
  if (!isLive(record)) {
    if (record.state.status === 'exited') ctx.store.setState(record, { stoppedByUser: true });
    throw new SelkieError('NOT_MODIFIED', {});
  }
  await end(ctx, record, signalToSend, timeoutOf(record, options), signal);
  ctx.emit('container', 'stop', record.id, record.name, attributesOf(record));
}

/** Nothing of the container's runs before its start, so nothing could mind a signal. */
function timeoutOf({ state, definition }: ContainerRecord, { timeout }: StopOptions): number {
  return state.status === 'initialized' ? 0 : (timeout ?? definition.process.stopTimeout ?? DEFAULT_TIMEOUT);
}

async function end(
  ctx: ContainerContext,
  record: ContainerRecord,
  first: number,
  timeout: number,
  signal: AbortSignal,
): Promise<void> {
  const ended = (changed: ContainerRecord) => !isLive(changed);
  ctx.store.setState(record, { stoppedByUser: true });
  if (record.state.status === 'paused')
    await ctx.cgroups.thaw(ctx.cgroups.pathFor(record.id, record.definition.resources.cgroupParent));
  if (timeout !== 0) {
    const gone = ctx.store.until(
      record,
      ended,
      timeout < 0 ? signal : AbortSignal.any([signal, AbortSignal.timeout(timerDelay(timeout * 1000))]),
    );
    gone.catch(() => {});
    await sendSignal(ctx, record, first);
    await sendSignal(ctx, record, SIGCONT);
    if (
      await gone.then(
        () => true,
        () => false,
      )
    )
      return;
    signal.throwIfAborted();
  }
  const killed = ctx.store.until(record, ended, AbortSignal.any([signal, AbortSignal.timeout(KILL_PATIENCE)]));
  killed.catch(() => {});
  await sendSignal(ctx, record, SIGKILL);
  if (ended(ctx.store.get(record.id) ?? { ...record, state: { ...record.state, status: 'exited' } })) return;
  await killed;
}
