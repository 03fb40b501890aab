import type { InspectMount } from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerRecord } from '@selkie/engine/containers/record';

const PROPAGATIONS = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave', 'unbindable', 'runbindable'];
const LABELS = ['z', 'Z'];

/** Volumes and binds. */
export function presentMounts({ definition, volumes }: ContainerRecord): InspectMount[] {
  const named = volumes.map(
    (volume): InspectMount => ({
      Type: 'volume',
      Name: volume.name,
      Source: volume.path,
      Destination: volume.target,
      Driver: 'local',
      ...optionsOf(volume.options, volume.readOnly),
    }),
  );
  const binds = definition.mounts.flatMap((mount): InspectMount[] =>
    mount.type === 'bind'
      ? [
          {
            Type: 'bind',
            Source: mount.source,
            Destination: mount.target,
            Driver: '',
            ...optionsOf(mount.options, mount.readOnly),
          },
        ]
      : [],
  );
  return [...named, ...binds];
}

function optionsOf(
  options: readonly string[],
  readOnly: boolean,
): Pick<InspectMount, 'Mode' | 'Options' | 'Propagation' | 'RW'> {
  const rest = options.filter((option) => !PROPAGATIONS.includes(option) && !LABELS.includes(option));
  return {
    Mode: options.filter((option) => LABELS.includes(option)).join(','),
    Options: rest.some((option) => /^r?bind$/.test(option)) ? rest : [...rest, 'rbind'],
    Propagation: options.find((option) => PROPAGATIONS.includes(option)) ?? 'rprivate',
    RW: !readOnly,
  };
}
