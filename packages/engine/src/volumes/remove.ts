import { dirname } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { emitVolume, usersOf, type VolumeContext } from './context.ts';
import { unmountVolume } from './mounting.ts';
import type { VolumeRecord } from './record.ts';

/** @throws SelkieError NO_SUCH_VOLUME, VOLUME_IN_USE while a container has it, running or not */
export async function remove(ctx: VolumeContext, name: string): Promise<VolumeRecord> {
  const record = ctx.store.find(name);
  const users = usersOf(ctx, name);
  if (users.length > 0) {
    throw new SelkieError('VOLUME_IN_USE', { name, containers: users.map(({ id }) => id).join(', ') });
  }
  await discard(ctx, record);
  return record;
}

/** Removes a volume nobody uses. Its name is free at once; its files go in their own time. */
export async function discard(ctx: VolumeContext, record: VolumeRecord): Promise<void> {
  // A directory of the host must not be taken for the volume's own.
  unmountVolume(record);
  const item = ctx.state.transaction(() => {
    ctx.store.delete(record);
    return ctx.trash.add(dirname(record.path));
  });
  await ctx.trash.empty(item);
  emitVolume(ctx, 'remove', record);
}
