import { SelkieError } from '@selkie/contract';
import { attributesOf } from '../containers/attributes.ts';
import type { ContainerContext } from '../containers/context.ts';
import { isAlive } from '../containers/process-identity.ts';
import type { ContainerRecord, HealthState } from '../containers/record.ts';
import { type HealthCheck, healthCheckOf } from './check.ts';
import { endLeftovers } from './leftovers.ts';
import { afterResult, nextDelay, unknownHealth } from './outcome.ts';
import { probe } from './probe.ts';

interface Run {
  readonly check: HealthCheck;
  readonly stop: AbortController;
  timer: NodeJS.Timeout | undefined;
  /** The check going on: one at a time. */
  checking: Promise<HealthState> | undefined;
}

/** Checks running containers that ask for it, and keeps what came of it in their records. */
export class Health implements Disposable {
  readonly #ctx: ContainerContext;
  readonly #runs = new Map<string, Run>();

  constructor(ctx: ContainerContext) {
    this.#ctx = ctx;
    endLeftovers(ctx);
  }

  /** A container runs, newly or still: its checks begin or go on. */
  started(record: ContainerRecord): void {
    this.stopped(record);
    const check = healthCheckOf(record.definition);
    const { startedAt = record.created, health } = record.state;
    if (check === undefined) {
      if (health !== undefined) this.#ctx.store.setState(record, { health: undefined });
      return;
    }
    if (health?.startedAt !== startedAt) this.#ctx.store.setState(record, { health: unknownHealth(startedAt) });
    const run: Run = { check, stop: new AbortController(), timer: undefined, checking: undefined };
    this.#runs.set(record.id, run);
    this.#schedule(record.id, run);
  }

  /** Its process has gone, or is about to: a check under way is ended and forgotten. */
  stopped({ id }: Pick<ContainerRecord, 'id'>): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    this.#runs.delete(id);
    clearTimeout(run.timer);
    run.stop.abort();
  }

  /**
   * Checks a container now; a check already under way is the one.
   * @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_STATE (nothing to check), CONTAINER_NOT_RUNNING; the signal's reason on abort
   */
  async check(reference: string, signal: AbortSignal): Promise<HealthState> {
    const { id, definition, state } = this.#ctx.store.find(reference);
    if (healthCheckOf(definition) === undefined) {
      throw new SelkieError('CONTAINER_STATE', { reason: `container ${id} has no defined healthcheck` });
    }
    const run = this.#runs.get(id);
    if (run === undefined || state.status !== 'running') throw new SelkieError('CONTAINER_NOT_RUNNING', { id });
    signal.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    try {
      return await Promise.race([this.#once(id, run), aborted]);
    } catch (error) {
      if (run.stop.signal.aborted) throw new SelkieError('CONTAINER_NOT_RUNNING', { id }, { cause: error });
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  [Symbol.dispose](): void {
    for (const id of [...this.#runs.keys()]) this.stopped({ id });
  }

  #schedule(id: string, run: Run): void {
    const health = this.#ctx.store.get(id)?.state.health;
    if (health === undefined || run.stop.signal.aborted) return;
    clearTimeout(run.timer);
    // Aborted or removed meanwhile: there is nothing to record and nobody to tell.
    const tick = () => void this.#once(id, run).catch(() => {});
    run.timer = setTimeout(tick, nextDelay(health, Date.now(), run.check)).unref();
  }

  #once(id: string, run: Run): Promise<HealthState> {
    run.checking ??= this.#checkAndRecord(id, run).finally(() => {
      run.checking = undefined;
      this.#schedule(id, run);
    });
    return run.checking;
  }

  /** A paused container is left alone. */
  async #checkAndRecord(id: string, { check, stop: { signal } }: Run): Promise<HealthState> {
    const before = this.#ctx.store.find(id);
    const known = before.state.health ?? unknownHealth(before.state.startedAt ?? before.created);
    if (before.state.status !== 'running') return known;
    const result = await probe(this.#ctx, before, check, signal);
    signal.throwIfAborted();
    const record = this.#ctx.store.find(id);
    // What pausing made of it, or the end of the container, says nothing about its health.
    if (record.state.status !== 'running' || !isAlive(record.state.pid, record.state.pidStart)) return known;
    const health = afterResult(known, result, check);
    this.#ctx.store.setState(record, { health });
    if (health.status !== known.status) {
      const attributes = attributesOf(record, { health_status: health.status });
      this.#ctx.emit('container', 'health_status', id, record.name, attributes);
    }
    return health;
  }
}
