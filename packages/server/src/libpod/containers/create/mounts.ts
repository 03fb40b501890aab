import type { SpecMount } from '@selkie/contract/libpod/types/oci';
import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { MountDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function mountDefinitions(spec: SpecGenerator): MountDefinition[] {
  return [...(spec.mounts ?? []).map(mountDefinition), ...(spec.volumes ?? []).map(volumeDefinition)];
}

type NamedVolume = NonNullable<SpecGenerator['volumes']>[number];

function volumeDefinition({ Name, Dest, Options = [], SubPath, IsAnonymous }: NamedVolume): MountDefinition {
  return {
    type: 'volume',
    name: IsAnonymous ? '' : (Name ?? ''),
    target: target(Dest),
    readOnly: Options.includes('ro'),
    options: Options.filter((option) => !['ro', 'rw', 'nocopy', 'copy'].includes(option)),
    noCopy: Options.includes('nocopy'),
    ...(SubPath ? { subpath: SubPath } : {}),
  };
}

function mountDefinition(mount: SpecMount): MountDefinition {
  const { type, source = '', options = [], destination } = mount;
  if (mount.uidMappings?.length || mount.gidMappings?.length)
    unsupported('ID mappings of a mount', 'not delivered yet');
  const common = {
    target: target(destination),
    readOnly: options.includes('ro'),
    options: options.filter((option) => option !== 'ro' && option !== 'rw'),
  };
  switch (type) {
    case 'bind':
      if (!source.startsWith('/')) invalid(`bind source '${source}' must be an absolute path`);
      return { type, source, ...common, createSource: false };
    case 'tmpfs':
      return { type, ...common };
    default:
      return unsupported(`mount type ${type ?? '(none)'}`, 'bind and tmpfs are there, and volumes');
  }
}

function target(destination: string | undefined): string {
  if (!destination?.startsWith('/') || destination === '/') invalid(`invalid mount destination '${destination ?? ''}'`);
  return destination;
}
