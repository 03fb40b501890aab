import type { Volume } from '@selkie/contract/libpod/types/volumes';
import type { Engine } from '@selkie/engine';
import type { VolumeRecord } from '@selkie/engine/volumes/record';

export function presentVolume(record: VolumeRecord, engine: Engine): Volume {
  const { name, driver, path, created, labels, options, anonymous, fresh, uid, gid } = record;
  return {
    Name: name,
    Driver: driver,
    Mountpoint: path,
    CreatedAt: created,
    Labels: { ...labels },
    Scope: 'local',
    Options: { ...options },
    ...(anonymous ? { Anonymous: true } : {}),
    ...(uid === undefined ? {} : { UID: uid }),
    ...(gid === undefined ? {} : { GID: gid }),
    MountCount: engine.volumes.liveUsersOf(name).length,
    NeedsCopyUp: fresh,
    NeedsChown: fresh,
    LockNumber: 0,
  };
}
