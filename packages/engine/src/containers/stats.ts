import { setTimeout as sleep } from 'node:timers/promises';
import { timerDelay } from '../clock.ts';
import type { ContainerContext } from './context.ts';
import type { ContainerRecord } from './record.ts';
import { type Measurement, measure } from './stats/measure.ts';
import { isLive } from './status.ts';

/** A container with what it uses, and what it had used the last time: rates are what lies between. */
export interface StatsSample {
  readonly id: string;
  readonly name: string;
  /** Undefined: it does not run. */
  readonly current?: Measurement;
  /** Undefined: the first of its stream, or it did not run then. */
  readonly previous?: Measurement;
}

/** Which containers: these, those that run at each moment, or every one. */
export type StatsTargets = readonly string[] | 'running' | 'all';

export interface StatsStreamOptions {
  readonly intervalMs: number;
  /** False: one sample and the end. */
  readonly stream: boolean;
  /** With `stream` false: at once and without a previous measurement, instead of an interval after one. */
  readonly oneShot: boolean;
}

/** One measurement. @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID */
export function stats(ctx: ContainerContext, reference: string): StatsSample {
  return sampleOf(ctx, ctx.store.find(reference), undefined);
}

/**
 * Samples of all targets together, an interval apart. A stream of named containers ends when the last of them is removed.
 * @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID at the call
 */
export function statsStream(
  ctx: ContainerContext,
  targets: StatsTargets,
  options: StatsStreamOptions,
  signal: AbortSignal,
): AsyncIterable<StatsSample[]> {
  if (typeof targets === 'string')
    return samples(
      ctx,
      () => among(ctx, targets),
      () => false,
      options,
      signal,
    );
  const ids = targets.map((reference) => ctx.store.find(reference).id);
  const named = () => ids.map((id) => ctx.store.get(id)).filter((record) => record !== undefined);
  return samples(ctx, named, () => named().length === 0, options, signal);
}

function among(ctx: ContainerContext, which: 'running' | 'all'): ContainerRecord[] {
  const records = ctx.store.all();
  return which === 'all' ? records : records.filter(isLive);
}

async function* samples(
  ctx: ContainerContext,
  targets: () => readonly ContainerRecord[],
  over: () => boolean,
  { intervalMs, stream, oneShot }: StatsStreamOptions,
  signal: AbortSignal,
): AsyncGenerator<StatsSample[]> {
  let last: ReadonlyMap<string, Measurement> = new Map();
  const next = () => {
    const taken = targets().map((record) => sampleOf(ctx, record, last.get(record.id)));
    last = new Map(taken.flatMap(({ id, current }) => (current ? [[id, current]] : [])));
    return taken;
  };
  if (!stream && !oneShot) {
    next();
    await pause(intervalMs, signal);
  }
  while (!signal.aborted) {
    yield next();
    if (!stream) return;
    await pause(intervalMs, signal);
    if (over()) return;
  }
}

function sampleOf(ctx: ContainerContext, record: ContainerRecord, previous: Measurement | undefined): StatsSample {
  const current = measure(ctx, record);
  const { id, name } = record;
  if (current === undefined) return { id, name };
  // One that was restarted meanwhile counts from nothing again.
  const continued = previous !== undefined && previous.startedAt === current.startedAt;
  return { id, name, current, ...(continued ? { previous } : {}) };
}

/** Ends early, without a word, when the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(timerDelay(milliseconds), undefined, { signal }).catch(() => {});
}
