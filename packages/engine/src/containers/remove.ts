import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { sendSignal } from './kill.ts';
import type { ContainerRecord } from './record.ts';
import { cancelRestart, forgetRestarts } from './restart-policy.ts';
import { teardown } from './sandbox.ts';
import { isLive } from './status.ts';

const SIGKILL = 9;
const KILL_PATIENCE = 30_000;

export interface RemoveOptions {
  /** Kills it first where it runs. */
  readonly force?: boolean;
  /** Removes its anonymous volumes too. */
  readonly volumes?: boolean;
}

/** @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_RUNNING (without force) */
export async function remove(
  ctx: ContainerContext,
  reference: string,
  options: RemoveOptions,
  signal: AbortSignal,
): Promise<void> {
  const { id } = ctx.store.find(reference);
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(KILL_PATIENCE)]);
  for (;;) {
    cancelRestart(ctx, id);
    const record = ctx.store.get(id);
    if (record === undefined) return; // Removed by its own --rm meanwhile.
    if (isLive(record)) await makeEnd(ctx, record, options, inTime);
    const done = await ctx.lock.run(id, async () => {
      const current = ctx.store.get(id);
      // One that was being started when it was asked to go runs by now, and is ended like any other.
      if (current && isLive(current)) return false;
      if (current) await removeLocked(ctx, current, options);
      return true;
    });
    if (done) return;
    inTime.throwIfAborted();
  }
}

/** @throws SelkieError CONTAINER_RUNNING (without force) */
async function makeEnd(
  ctx: ContainerContext,
  record: ContainerRecord,
  { force }: RemoveOptions,
  signal: AbortSignal,
): Promise<void> {
  const { id, name, state } = record;
  if (!force && state.status !== 'initialized') throw new SelkieError('CONTAINER_RUNNING', { name, id });
  const gone = ctx.store.until(record, (changed) => !isLive(changed), signal);
  gone.catch(() => {});
  ctx.store.setState(record, { stoppedByUser: true });
  await sendSignal(ctx, record, SIGKILL);
  const current = ctx.store.get(id);
  if (current && isLive(current)) await gone;
}

/** Removes a container that does not run; the caller holds its lock. Marked first, so a crash midway is finished at the next start. */
export async function removeLocked(
  ctx: ContainerContext,
  record: ContainerRecord,
  options: { readonly volumes?: boolean },
): Promise<void> {
  forgetRestarts(ctx, record.id);
  const doomed = ctx.store.setState(record, { status: 'removing', removeVolumes: options.volumes ?? false });
  if (record.state.pid !== 0) await teardown(ctx, doomed);
  await ctx.snapshots.remove(record.id);
  await ctx.volumes.detach(record.id, record.volumes, options.volumes ?? false);
  ctx.networks.release(record.id);
  await rm(join(ctx.root, 'containers', record.id), { recursive: true, force: true });
  ctx.store.delete(doomed);
  ctx.emit('container', 'remove', record.id, record.name, attributesOf(record));
}
