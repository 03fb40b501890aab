import type { Volume } from '@selkie/contract/docker/types/volumes';
import type { VolumeRecord } from '@selkie/engine/volumes/record';

/** How clients tell a volume made for a container that named none. */
const ANONYMOUS = { 'com.docker.volume.anonymous': '' };

/** @param usage what a disk usage report adds */
export function presentVolume(record: VolumeRecord, usage?: NonNullable<Volume['UsageData']>): Volume {
  const { name, driver, path, created, labels, options, anonymous } = record;
  return {
    CreatedAt: created,
    Driver: driver,
    Labels: anonymous || Object.keys(labels).length > 0 ? { ...labels, ...(anonymous ? ANONYMOUS : {}) } : null,
    Mountpoint: path,
    Name: name,
    Options: Object.keys(options).length > 0 ? { ...options } : null,
    Scope: 'local',
    ...(usage ? { UsageData: usage } : {}),
  };
}
