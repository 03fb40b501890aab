import type { ContainerSummary } from '@selkie/contract/docker/types/container-list';
import type { ImageSummary } from '@selkie/contract/docker/types/image-list';
import type { Volume } from '@selkie/contract/docker/types/volumes';
import type { Engine } from '@selkie/engine';
import { isLive } from '@selkie/engine/containers/status';
import { layerSizes } from '@selkie/engine/images/sizes';
import { containersOf } from '../../../present/containers-of.ts';
import { measureAll } from '../../../present/measure.ts';
import { presentSummary as presentContainer } from '../../containers/present/summary.ts';
import { presentSummary as presentImage } from '../../images/present/summary.ts';
import { presentVolume } from '../../volumes/present/volume.ts';

/** What one kind of object takes. */
export interface Usage<Item> {
  readonly items: Item[];
  readonly active: number;
  readonly size: number;
  /** Of that, what goes with everything nobody uses. */
  readonly reclaimable: number;
}

export function imageUsage(engine: Engine, version: string): Usage<ImageSummary> {
  const images = engine.images.list();
  const containers = containersOf(engine);
  const sizes = layerSizes(images);
  const used = images.filter(({ id }) => containers.has(id));
  return {
    items: images.map((image) =>
      presentImage(image, {
        version,
        sharedSize: sizes.shared(image),
        containers: containers.get(image.id)?.length ?? 0,
      }),
    ),
    active: used.length,
    size: sizes.total,
    reclaimable: sizes.total - layerSizes(used).total,
  };
}

export async function containerUsage(
  engine: Engine,
  version: string,
  signal: AbortSignal,
): Promise<Usage<ContainerSummary>> {
  const measured = await measureAll(engine.containers.all(), async (record) => ({
    record,
    size: await engine.containers.size(record.id, signal),
  }));
  const idle = measured.filter(({ record }) => !isLive(record));
  return {
    items: measured.map(({ record, size }) => presentContainer(record, version, size)),
    active: measured.length - idle.length,
    size: sum(measured.map(({ size }) => size.writable)),
    reclaimable: sum(idle.map(({ size }) => size.writable)),
  };
}

export async function volumeUsage(engine: Engine, signal: AbortSignal): Promise<Usage<Volume>> {
  const measured = await measureAll(engine.volumes.list(), async (record) => ({
    record,
    size: await engine.volumes.size(record.name, signal),
    users: engine.volumes.usersOf(record.name).length,
  }));
  const idle = measured.filter(({ users }) => users === 0);
  return {
    items: measured.map(({ record, size, users }) => presentVolume(record, { Size: size, RefCount: users })),
    active: measured.length - idle.length,
    size: sum(measured.map(({ size }) => size)),
    reclaimable: sum(idle.map(({ size }) => size)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
