import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { VolumeSource } from '../containers/context.ts';
import type { MountDefinition } from '../containers/definition.ts';
import type { AttachedVolume, ContainerRecord } from '../containers/record.ts';
import type { Emit } from '../events/events.ts';
import type { Filters } from '../filters/filters.ts';
import type { StateStore } from '../ports/state-store.ts';
import { attach } from './attach.ts';
import { liveUsersOf, usersOf, type VolumeContext } from './context.ts';
import { create, type VolumeRequest } from './create.ts';
import { list } from './filters.ts';
import { unmountVolume } from './mounting.ts';
import { populate } from './populate.ts';
import { type PrunedVolume, prune } from './prune.ts';
import type { VolumeRecord } from './record.ts';
import { detach, release } from './release.ts';
import { remove } from './remove.ts';
import { directorySize } from './size.ts';
import { VolumeStore } from './store.ts';
import { Trash } from './trash.ts';

export type { VolumeRequest } from './create.ts';

export interface VolumesOptions {
  readonly root: string;
  readonly state: StateStore;
  readonly emit: Emit;
  readonly containers: () => readonly ContainerRecord[];
}

/** Directories that outlive containers. Each verb has a file of its own, which says what it throws. */
export class Volumes implements VolumeSource {
  readonly #ctx: VolumeContext;

  constructor({ root, state, emit, containers }: VolumesOptions) {
    const trash = new Trash(join(root, 'removed-volumes'), state);
    this.#ctx = { root: join(root, 'volumes'), state, store: new VolumeStore(state), trash, emit, containers };
  }

  list(filters: Filters = {}): VolumeRecord[] {
    return list(this.#ctx, filters);
  }

  /** @throws SelkieError NO_SUCH_VOLUME */
  find(name: string): VolumeRecord {
    return this.#ctx.store.find(name);
  }

  has(name: string): boolean {
    return this.#ctx.store.get(name) !== undefined;
  }

  create(request: VolumeRequest): VolumeRecord {
    return create(this.#ctx, request);
  }

  remove(name: string): Promise<VolumeRecord> {
    return remove(this.#ctx, name);
  }

  prune(filters: Filters, signal: AbortSignal): Promise<PrunedVolume[]> {
    return prune(this.#ctx, filters, signal);
  }

  /** Bytes its files take; walks them. @throws SelkieError NO_SUCH_VOLUME; the signal's reason on abort */
  size(name: string, signal: AbortSignal): Promise<number> {
    return directorySize(this.find(name).path, signal);
  }

  /** Containers that have it, running or not. */
  usersOf(name: string): readonly ContainerRecord[] {
    return usersOf(this.#ctx, name);
  }

  /** Of those, the ones that run. */
  liveUsersOf(name: string): readonly ContainerRecord[] {
    return liveUsersOf(this.#ctx, name);
  }

  attach(mounts: readonly MountDefinition[], imageVolumes: readonly string[]): AttachedVolume[] {
    return attach(this.#ctx, mounts, imageVolumes);
  }

  populate(volume: AttachedVolume, rootfs: string): Promise<void> {
    return populate(this.#ctx, volume, rootfs);
  }

  release(containerId: string, volumes: readonly AttachedVolume[]): void {
    release(this.#ctx, containerId, volumes);
  }

  detach(containerId: string, volumes: readonly AttachedVolume[], removeAnonymous: boolean): Promise<void> {
    return detach(this.#ctx, containerId, volumes, removeAnonymous);
  }

  /** Ends what a killed service had begun: unmounts what no running container has and deletes what was being deleted. */
  async recover(): Promise<void> {
    for (const record of this.#ctx.store.all()) {
      if (liveUsersOf(this.#ctx, record.name).length === 0) unmountVolume(record);
    }
    this.#discardOrphans();
    await this.#ctx.trash.emptyAll();
  }

  /** Directories of volumes whose records never came to be. */
  #discardOrphans(): void {
    const { root, store, trash } = this.#ctx;
    if (!existsSync(root)) return;
    for (const name of readdirSync(root)) if (!store.get(name)) trash.add(join(root, name));
  }
}
