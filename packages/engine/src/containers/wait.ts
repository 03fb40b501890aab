import type { ContainerContext } from './context.ts';
import type { ContainerRecord } from './record.ts';
import { isLive } from './status.ts';

/** `removed` also ends every other wait: there is nothing left to wait for. */
export type WaitCondition = 'not-running' | 'next-exit' | 'removed' | ((record: ContainerRecord) => boolean);

export interface WaitResult {
  readonly exitCode: number;
  readonly error: string;
}

/**
 * Waits for a condition. Registered before it returns its promise, so a caller may answer "waiting" at once and miss nothing.
 * @throws SelkieError NO_SUCH_CONTAINER at once; the signal's reason on abort
 */
export function wait(
  ctx: ContainerContext,
  reference: string,
  condition: WaitCondition,
  signal: AbortSignal,
): Promise<WaitResult> {
  const record = ctx.store.find(reference);
  const done = conditionTest(record, condition);
  if (condition !== 'next-exit' && condition !== 'removed' && done(record)) return Promise.resolve(resultOf(record));
  return ctx.store.until(record, done, signal).then(resultOf);
}

function conditionTest(initial: ContainerRecord, condition: WaitCondition): (record: ContainerRecord) => boolean {
  switch (condition) {
    case 'not-running':
      return (record) => !isLive(record) && record.state.status !== 'starting';
    case 'next-exit':
      return (record) => record.state.status === 'exited' && record.state.finishedAt !== initial.state.finishedAt;
    case 'removed':
      return () => false;
    default:
      return condition;
  }
}

function resultOf({ state }: ContainerRecord): WaitResult {
  return { exitCode: state.exitCode, error: state.error };
}
