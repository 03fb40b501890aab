import type {
  SystemDfContainerReport,
  SystemDfImageReport,
  SystemDfVolumeReport,
} from '@selkie/contract/libpod/types/system';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { ContainerSize } from '@selkie/engine/containers/size';
import type { ImageRecord } from '@selkie/engine/images/record';
import { parseStored, repositoryName } from '@selkie/engine/images/reference';
import { bareId } from '../../containers/present/image.ts';
import { stateWord } from '../../containers/present/state.ts';

/** One row for each name. */
export function imageRows(
  image: ImageRecord,
  { shared, containers }: { readonly shared: number; readonly containers: number },
): SystemDfImageReport[] {
  const names = image.names.map((name) => {
    const reference = parseStored(name);
    return { Repository: repositoryName(reference), Tag: reference.tag ?? '' };
  });
  return (names.length > 0 ? names : [{ Repository: '<none>', Tag: '<none>' }]).map((name) => ({
    ...name,
    ImageID: bareId(image.id),
    Created: image.created ?? '0001-01-01T00:00:00Z',
    Size: image.size,
    SharedSize: shared,
    UniqueSize: image.size - shared,
    Containers: containers,
  }));
}

export function containerRow(record: ContainerRecord, { writable, total }: ContainerSize): SystemDfContainerReport {
  return {
    ContainerID: record.id,
    Image: bareId(record.image?.id),
    Command: [...record.process.args],
    LocalVolumes: record.volumes.length,
    Size: total,
    RWSize: writable,
    Created: record.created,
    Status: stateWord(record),
    Names: record.name,
  };
}

export function volumeRow(name: string, size: number, links: number): SystemDfVolumeReport {
  return { VolumeName: name, Links: links, Size: size, ReclaimableSize: links === 0 ? size : 0 };
}
