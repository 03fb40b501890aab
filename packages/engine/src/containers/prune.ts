import { isSelkieError } from '@selkie/contract';
import { type Filters, filterTest } from '../filters/filters.ts';
import type { ContainerContext } from './context.ts';
import { PRUNE_KEYS } from './filter/keys.ts';
import type { ContainerRecord } from './record.ts';
import { remove } from './remove.ts';
import { size } from './size.ts';

export interface PruneResult {
  /** `size`: bytes of the writable layer given back. */
  readonly removed: readonly { readonly id: string; readonly size: number }[];
  readonly errors: readonly { readonly id: string; readonly error: unknown }[];
}

/**
 * Removes the containers that do not run. One that cannot be removed does not keep the others.
 * @throws SelkieError INVALID_FILTER, INVALID_PARAMETER; the signal's reason on abort
 */
export async function prune(ctx: ContainerContext, filters: Filters, signal: AbortSignal): Promise<PruneResult> {
  const test = filterTest(PRUNE_KEYS, filters, ctx);
  const doomed = ctx.store.all().filter((record) => isStopped(ctx, record) && test(record));
  const removed: { id: string; size: number }[] = [];
  const errors: { id: string; error: unknown }[] = [];
  for (const { id } of doomed) {
    signal.throwIfAborted();
    try {
      // One that was started since is refused by remove.
      const { writable } = await size(ctx, id, signal);
      await remove(ctx, id, {}, signal);
      removed.push({ id, size: writable });
    } catch (error) {
      signal.throwIfAborted();
      if (!isSelkieError(error, 'NO_SUCH_CONTAINER') && !isSelkieError(error, 'CONTAINER_RUNNING')) {
        errors.push({ id, error });
      }
    }
  }
  return { removed, errors };
}

function isStopped(ctx: ContainerContext, { id, state }: ContainerRecord): boolean {
  return ['created', 'exited', 'dead'].includes(state.status) && !ctx.pendingRestarts.has(id);
}
