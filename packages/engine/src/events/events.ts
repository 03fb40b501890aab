import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SelkieError } from '@selkie/contract';
import { nowNanos, timerDelay } from '../clock.ts';
import type { EngineEvent, EventType } from './event.ts';

/** Events kept for `since`; older ones go. */
const HISTORY = 50_000;
const TRIM_EVERY = 1_000;
/** Events a slow subscriber may lag behind before it is dropped. */
const LAG = 20_000;

export type Emit = (
  type: EventType,
  action: string,
  id: string,
  name: string,
  attributes?: Readonly<Record<string, string>>,
) => EngineEvent;

/** The one bus: every event is persisted, then handed to the subscribers. */
export class Events {
  readonly #subscribers = new Set<Subscriber>();
  readonly #insert: StatementSync;
  readonly #trim: StatementSync;
  readonly #since: StatementSync;
  readonly #report: (what: string, error: unknown) => void;
  #sequence: number;

  /** @param report hears of events that could not be kept: what they tell of has happened all the same */
  constructor(db: DatabaseSync, report: (what: string, error: unknown) => void = () => {}) {
    this.#report = report;
    db.exec(
      'CREATE TABLE IF NOT EXISTS events (sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL, body TEXT NOT NULL)',
    );
    db.exec('CREATE INDEX IF NOT EXISTS events_time ON events (time)');
    this.#insert = db.prepare('INSERT INTO events (sequence, time, body) VALUES (?, ?, ?)');
    this.#trim = db.prepare('DELETE FROM events WHERE sequence <= ?');
    this.#since = db.prepare('SELECT sequence, time, body FROM events WHERE time >= ? AND time <= ? ORDER BY sequence');
    this.#since.setReadBigInts(true);
    this.#sequence = Number(db.prepare('SELECT coalesce(max(sequence), 0) AS last FROM events').get()?.last ?? 0);
  }

  /** How many follow. */
  get listeners(): number {
    return this.#subscribers.size;
  }

  emit: Emit = (type, action, id, name, attributes = {}) => {
    const event: EngineEvent = { sequence: ++this.#sequence, time: nowNanos(), type, action, id, name, attributes };
    try {
      this.#insert.run(event.sequence, event.time, JSON.stringify({ type, action, id, name, attributes }));
      if (event.sequence % TRIM_EVERY === 0) this.#trim.run(event.sequence - HISTORY);
    } catch (error) {
      this.#report(`keeping the event ${type} ${action} of ${id}`, error);
    }
    for (const subscriber of this.#subscribers) subscriber.push(event);
    return event;
  };

  /**
   * Past events from `since`, then new ones as they happen until `until` or abort. Times are nanoseconds since the epoch;
   * without `since` only new ones come, and without `until` it goes on until the signal aborts.
   * @throws SelkieError CONFLICT to a subscriber that fell too far behind
   */
  subscribe(range: { since?: bigint; until?: bigint }, signal: AbortSignal): AsyncIterable<EngineEvent> {
    // Registered at the call and not at the first read, so nothing emitted in between is missed.
    const subscriber = new Subscriber();
    this.#subscribers.add(subscriber);
    // Also of one who goes before the first read.
    const leave = () => this.#subscribers.delete(subscriber);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
    const past = range.since === undefined ? [] : this.#history(range.since, range.until);
    return this.#stream(subscriber, past, range.until, signal);
  }

  async *#stream(
    subscriber: Subscriber,
    past: readonly EngineEvent[],
    until: bigint | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<EngineEvent> {
    const stop = () => subscriber.end();
    const untilReached = until === undefined ? undefined : setTimeout(stop, millisecondsTo(until));
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    try {
      yield* past;
      for await (const event of subscriber) {
        if (until !== undefined && event.time > until) return;
        yield event;
      }
    } finally {
      clearTimeout(untilReached);
      signal.removeEventListener('abort', stop);
      this.#subscribers.delete(subscriber);
    }
  }

  #history(since: bigint, until: bigint = nowNanos()): EngineEvent[] {
    return this.#since.all(since, until).map((row) => ({
      sequence: Number(row.sequence),
      time: typeof row.time === 'bigint' ? row.time : 0n,
      ...JSON.parse(String(row.body)),
    }));
  }
}

function millisecondsTo(nanos: bigint): number {
  return timerDelay(Number((nanos - nowNanos()) / 1_000_000n));
}

class Subscriber implements AsyncIterable<EngineEvent> {
  #queue: EngineEvent[] = [];
  #ended = false;
  #overflown = false;
  #wake: (() => void) | undefined;

  push(event: EngineEvent): void {
    if (this.#ended) return;
    if (this.#queue.length >= LAG) {
      this.#overflown = true;
      this.#queue = [];
      this.end();
      return;
    }
    this.#queue.push(event);
    this.#notify();
  }

  end(): void {
    this.#ended = true;
    this.#notify();
  }

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<EngineEvent> {
    for (;;) {
      const batch = this.#queue;
      this.#queue = [];
      yield* batch;
      if (this.#queue.length > 0) continue;
      if (this.#overflown)
        throw new SelkieError('CONFLICT', { reason: `the reader fell more than ${LAG} events behind` });
      if (this.#ended) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
