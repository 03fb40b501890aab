import type { ContainerRecord } from '../containers/record.ts';
import type { Emit } from '../events/events.ts';
import type { StateStore } from '../ports/state-store.ts';
import type { VolumeRecord } from './record.ts';
import type { VolumeStore } from './store.ts';
import type { Trash } from './trash.ts';

/** What the volume verbs work with. */
export interface VolumeContext {
  /** Where the volumes are, one directory each. */
  readonly root: string;
  readonly state: StateStore;
  readonly store: VolumeStore;
  readonly trash: Trash;
  readonly emit: Emit;
  /** Every container there is: a volume is in use while one has it, running or not. */
  readonly containers: () => readonly ContainerRecord[];
}

export function usersOf(ctx: VolumeContext, name: string): ContainerRecord[] {
  return ctx.containers().filter(({ volumes }) => volumes.some((volume) => volume.name === name));
}

/** Those that run or are about to. */
export function liveUsersOf(ctx: VolumeContext, name: string): ContainerRecord[] {
  return usersOf(ctx, name).filter(({ state }) => state.pid > 0 || state.status === 'starting');
}

export function emitVolume(ctx: VolumeContext, action: string, { name, driver }: VolumeRecord): void {
  ctx.emit('volume', action, name, name, { driver });
}
