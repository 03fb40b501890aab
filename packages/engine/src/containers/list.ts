import { type Filters, filterTest } from '../filters/filters.ts';
import type { ContainerContext } from './context.ts';
import { LIST_KEYS } from './filter/keys.ts';
import type { ContainerRecord } from './record.ts';
import { isLive } from './status.ts';

export interface ListOptions {
  /** Also those that do not run. A limit or a filter by what only stopped ones have implies it. */
  readonly all?: boolean;
  /** At most this many, newest first; undefined or below one: every one. */
  readonly limit?: number;
  readonly filters?: Filters;
}

/** Containers, newest first. @throws SelkieError INVALID_FILTER, INVALID_PARAMETER, NO_SUCH_CONTAINER (`before` and `since`) */
export function list(ctx: ContainerContext, options: ListOptions = {}): ContainerRecord[] {
  const filters = options.filters ?? {};
  const limit = Math.max(0, options.limit ?? 0);
  const all = options.all || limit > 0 || (filters.status ?? filters.exited ?? []).length > 0;
  const test = filterTest(LIST_KEYS, filters, ctx);
  const found = ctx.store.all().filter((record) => (all || isUp(ctx, record)) && test(record));
  return limit > 0 ? found.slice(0, limit) : found;
}

/** Running, paused, or down only until its restart policy starts it again. */
function isUp(ctx: ContainerContext, record: ContainerRecord): boolean {
  return (isLive(record) && record.state.status !== 'initialized') || ctx.pendingRestarts.has(record.id);
}
