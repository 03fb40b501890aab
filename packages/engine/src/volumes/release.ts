import type { AttachedVolume } from '../containers/record.ts';
import { liveUsersOf, usersOf, type VolumeContext } from './context.ts';
import { unmountVolume } from './mounting.ts';
import { discard } from './remove.ts';

/** A container stopped: what only it had mounted is unmounted. Of nothing: a success. */
export function release(ctx: VolumeContext, containerId: string, volumes: readonly AttachedVolume[]): void {
  for (const { name } of volumes) {
    const record = ctx.store.get(name);
    if (record && !liveUsersOf(ctx, name).some(({ id }) => id !== containerId)) unmountVolume(record);
  }
}

/** A container goes: its anonymous volumes go with it, where that is asked for and no other has them. */
export async function detach(
  ctx: VolumeContext,
  containerId: string,
  volumes: readonly AttachedVolume[],
  removeAnonymous: boolean,
): Promise<void> {
  if (!removeAnonymous) return;
  for (const { name } of volumes) {
    const record = ctx.store.get(name);
    const shared = usersOf(ctx, name).some(({ id }) => id !== containerId);
    if (record?.anonymous && !shared) await discard(ctx, record);
  }
}
