import { readdirSync } from 'node:fs';
import type { AttachedVolume } from '../containers/record.ts';
import type { VolumeContext } from './context.ts';
import { copyUp } from './copy-up.ts';
import { mountVolume } from './mounting.ts';

/** Makes a volume ready for a container about to start: mounted, and filled with what the image has at its target where it is new. */
export async function populate(ctx: VolumeContext, volume: AttachedVolume, rootfs: string): Promise<void> {
  const record = ctx.store.find(volume.name);
  mountVolume(record);
  if (!record.fresh) return;
  const wanted = !volume.noCopy && volume.subpath === undefined;
  if (wanted && readdirSync(record.path).length === 0) await copyUp(rootfs, volume.target, record.path);
  ctx.store.put({ ...ctx.store.find(volume.name), fresh: false });
}
