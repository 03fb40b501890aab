import { mkdirSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import type { VolumeSource } from '../containers/context.ts';
import type { MountDefinition } from '../containers/definition.ts';
import { newId } from '../containers/identity.ts';
import type { AttachedVolume, ContainerRecord } from '../containers/record.ts';
import type { Emit } from '../events/events.ts';
import type { Collection, StateStore } from '../ports/state-store.ts';
import { copyUp } from './copy-up.ts';
import type { VolumeRecord } from './record.ts';
import { directorySize } from './size.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;

export interface VolumeRequest {
  readonly name?: string;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
}

/** Directories that outlive containers. */
export class Volumes implements VolumeSource {
  readonly #root: string;
  readonly #emit: Emit;
  readonly #documents: Collection<VolumeRecord>;
  readonly #byName = new Map<string, VolumeRecord>();
  /** Every container there is: a volume is in use while one mounts it. */
  readonly #containers: () => readonly ContainerRecord[];

  constructor(options: { root: string; state: StateStore; emit: Emit; containers: () => readonly ContainerRecord[] }) {
    this.#root = join(options.root, 'volumes');
    this.#emit = options.emit;
    this.#containers = options.containers;
    this.#documents = options.state.collection('volumes');
    for (const [name, record] of this.#documents.entries()) this.#byName.set(name, record);
  }

  list(): VolumeRecord[] {
    return [...this.#byName.values()];
  }

  /** @throws SelkieError NO_SUCH_VOLUME */
  find(name: string): VolumeRecord {
    const record = this.#byName.get(name);
    if (record === undefined) throw new SelkieError('NO_SUCH_VOLUME', { name });
    return record;
  }

  /** Makes a volume, or returns the one of that name. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
  create(request: VolumeRequest): VolumeRecord {
    const existing = request.name === undefined ? undefined : this.#byName.get(request.name);
    if (existing) return existing;
    const name = request.name || newId();
    if (!NAME.test(name)) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `"${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed`,
      });
    }
    if (request.driver !== undefined && request.driver !== '' && request.driver !== 'local') {
      throw new SelkieError('UNSUPPORTED', {
        what: `volume driver ${request.driver}`,
        reason: 'only the local driver is there',
      });
    }
    const [option] = Object.keys(request.options ?? {});
    if (option !== undefined)
      throw new SelkieError('UNSUPPORTED', {
        what: `volume option ${option}`,
        reason: 'the local driver has none yet',
      });
    const path = join(this.#root, name, '_data');
    mkdirSync(path, { recursive: true, mode: 0o755 });
    const record: VolumeRecord = {
      name,
      driver: 'local',
      created: timestamp(),
      labels: request.labels ?? {},
      options: {},
      anonymous: !request.name,
      path,
      fresh: true,
    };
    this.#put(record);
    this.#emit('volume', 'create', name, name, { driver: 'local' });
    return record;
  }

  /** @throws SelkieError NO_SUCH_VOLUME, CONFLICT while a container uses it */
  async remove(name: string): Promise<void> {
    const record = this.find(name);
    const users = this.usersOf(name);
    if (users.length > 0) {
      throw new SelkieError('CONFLICT', {
        reason: `remove ${name}: volume is in use - [${users.map(({ id }) => id).join(', ')}]`,
      });
    }
    this.#documents.delete(name);
    this.#byName.delete(name);
    await rm(join(this.#root, record.name), { recursive: true, force: true });
    this.#emit('volume', 'remove', name, name, { driver: 'local' });
  }

  /** Bytes in a volume. @throws SelkieError NO_SUCH_VOLUME; the signal's reason on abort */
  size(name: string, signal: AbortSignal): Promise<number> {
    return directorySize(this.find(name).path, signal);
  }

  usersOf(name: string): readonly ContainerRecord[] {
    return this.#containers().filter(({ volumes }) => volumes.some((volume) => volume.name === name));
  }

  async attach(
    _containerId: string,
    mounts: readonly MountDefinition[],
    imageVolumes: readonly string[],
  ): Promise<readonly AttachedVolume[]> {
    const covered = new Set(mounts.map(({ target }) => target));
    const fromImage = imageVolumes.filter((target) => !covered.has(target));
    const asked = mounts.filter((mount) => mount.type === 'volume');
    const subpath = asked.find((mount) => mount.subpath !== undefined);
    if (subpath)
      throw new SelkieError('UNSUPPORTED', {
        what: `the subpath of the volume at ${subpath.target}`,
        reason: 'not delivered yet',
      });
    return [
      ...asked.map((mount) =>
        attached(
          this.create({
            ...(mount.name === '' ? {} : { name: mount.name }),
            ...(mount.driver === undefined ? {} : { driver: mount.driver }),
            ...(mount.labels === undefined ? {} : { labels: mount.labels }),
            ...(mount.driverOptions === undefined ? {} : { options: mount.driverOptions }),
          }),
          mount,
        ),
      ),
      ...fromImage.map((target) => attached(this.create({}), { target, readOnly: false, options: [], noCopy: false })),
    ];
  }

  async populate(volume: AttachedVolume, rootfs: string): Promise<void> {
    const record = this.find(volume.name);
    if (!record.fresh) return;
    if (!volume.noCopy && readdirSync(record.path).length === 0) await copyUp(rootfs, volume.target, record.path);
    this.#put({ ...record, fresh: false });
  }

  async detach(containerId: string, volumes: readonly AttachedVolume[], removeAnonymous: boolean): Promise<void> {
    if (!removeAnonymous) return;
    for (const { name, anonymous } of volumes) {
      const shared = this.usersOf(name).some(({ id }) => id !== containerId);
      const record = this.#byName.get(name);
      if (!anonymous || shared || record === undefined) continue;
      this.#documents.delete(name);
      this.#byName.delete(name);
      await rm(join(this.#root, name), { recursive: true, force: true });
      this.#emit('volume', 'remove', name, name, { driver: 'local' });
    }
  }

  #put(record: VolumeRecord): void {
    this.#documents.put(record.name, record);
    this.#byName.set(record.name, record);
  }
}

function attached(
  { name, path, anonymous }: VolumeRecord,
  {
    target,
    readOnly,
    options,
    noCopy,
  }: { target: string; readOnly: boolean; options: readonly string[]; noCopy: boolean },
): AttachedVolume {
  return { name, path, target, anonymous, readOnly, options, noCopy };
}
