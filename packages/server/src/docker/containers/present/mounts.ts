import type { MountPoint } from '@selkie/contract/docker/types/container-inspect';
import type { ContainerRecord } from '@selkie/engine/containers/record';

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

export function presentMounts({ definition, volumes }: ContainerRecord): MountPoint[] {
  const binds = definition.mounts.flatMap((mount): MountPoint[] => {
    if (mount.type !== 'bind') return [];
    return [
      {
        Type: 'bind',
        Source: mount.source,
        Destination: mount.target,
        Mode: mount.options.filter((option) => !PROPAGATIONS.includes(option) && !/^r?bind$/.test(option)).join(','),
        RW: !mount.readOnly,
        Propagation: mount.options.find((option) => PROPAGATIONS.includes(option)) ?? 'rprivate',
      },
    ];
  });
  const named = volumes.map(
    (volume): MountPoint => ({
      Type: 'volume',
      Name: volume.name,
      Source: volume.path,
      Destination: volume.target,
      Driver: 'local',
      Mode: volume.options.join(',') || 'z',
      RW: !volume.readOnly,
      Propagation: '',
    }),
  );
  const temporary = definition.mounts.flatMap((mount): MountPoint[] =>
    mount.type === 'tmpfs'
      ? [
          {
            Type: 'tmpfs',
            Source: '',
            Destination: mount.target,
            Mode: mount.options.join(','),
            RW: !mount.readOnly,
            Propagation: '',
          },
        ]
      : [],
  );
  return [...binds, ...named, ...temporary];
}
