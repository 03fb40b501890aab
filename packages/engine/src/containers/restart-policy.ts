import type { ContainerContext } from './context.ts';
import type { ContainerRecord } from './record.ts';
import { start } from './start.ts';

const FIRST_DELAY = 100;
const LONGEST_DELAY = 60_000;
/** A container that stayed up this long starts its back-off anew. */
const SETTLED = 10_000;

const attempts = new WeakMap<ContainerContext, Map<string, number>>();

/** Starts a container again after a growing delay where its restart policy says so. */
export function scheduleRestart(ctx: ContainerContext, record: ContainerRecord): void {
  if (ctx.closing() || !wantsRestart(record)) return;
  const delays = attempts.get(ctx) ?? new Map<string, number>();
  attempts.set(ctx, delays);
  const previous = ranFor(record) >= SETTLED ? 0 : (delays.get(record.id) ?? 0);
  const delay = previous === 0 ? FIRST_DELAY : Math.min(previous * 2, LONGEST_DELAY);
  delays.set(record.id, delay);
  const timer = setTimeout(() => {
    ctx.pendingRestarts.delete(record.id);
    startAgain(ctx, record.id).catch((error) => ctx.report(`restarting container ${record.id}`, error));
  }, delay);
  ctx.pendingRestarts.set(record.id, timer);
}

async function startAgain(ctx: ContainerContext, id: string): Promise<void> {
  const current = ctx.store.get(id);
  if (current === undefined || !wantsRestart(current)) return;
  ctx.store.setState(current, { restartCount: current.state.restartCount + 1 });
  try {
    await start(ctx, id, AbortSignal.timeout(120_000), isLeftEnded);
  } catch {
    // It says why in the container's state, and counts as an exit for the policy.
    const failed = ctx.store.get(id);
    if (failed) scheduleRestart(ctx, failed);
  }
}

/** Nobody has stopped it, or started it, since this try was counted. */
function isLeftEnded({ state }: ContainerRecord): boolean {
  return state.status === 'exited' && !state.stoppedByUser;
}

/** A container that is removed takes its back-off along. */
export function forgetRestarts(ctx: ContainerContext, id: string): void {
  cancelRestart(ctx, id);
  attempts.get(ctx)?.delete(id);
}

export function cancelRestart(ctx: ContainerContext, id: string): boolean {
  const timer = ctx.pendingRestarts.get(id);
  clearTimeout(timer);
  ctx.pendingRestarts.delete(id);
  return timer !== undefined;
}

export function wantsRestart({ definition, state }: ContainerRecord): boolean {
  const { policy, maximumRetries } = definition.restart;
  if (state.status !== 'exited' || state.stoppedByUser) return false;
  switch (policy) {
    case 'no':
      return false;
    case 'on-failure':
      return state.exitCode !== 0 && (maximumRetries === 0 || state.restartCount < maximumRetries);
    default:
      return true;
  }
}

function ranFor({ state }: ContainerRecord): number {
  if (state.startedAt === undefined || state.finishedAt === undefined) return 0;
  return Date.parse(state.finishedAt) - Date.parse(state.startedAt);
}
