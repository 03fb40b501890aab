import type { SpecMount } from '@selkie/contract/libpod/types/oci';
import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { MountDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function mountDefinitions(spec: SpecGenerator): MountDefinition[] {
  const asked = [...(spec.mounts ?? []).map(mountDefinition), ...(spec.volumes ?? []).map(volumeDefinition)];
  if (!spec.read_only_filesystem || !spec.read_write_tmpfs) return asked;
  const free = WRITABLE.filter((path) => !asked.some((mount) => mount.target === path));
  return [...free.map(scratch), ...asked];
}

/** What a program counts on to be writable, also where the root is not. */
const WRITABLE = ['/run', '/tmp', '/var/tmp'];

function scratch(path: string): MountDefinition {
  return {
    type: 'tmpfs',
    target: path,
    readOnly: false,
    options: ['rprivate', 'nosuid', 'nodev', 'exec', 'tmpcopyup'],
  };
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
      // Programs may be run from it, unless that is forbidden.
      return { type, ...common, options: [...(options.includes('noexec') ? [] : ['exec']), ...common.options] };
    default:
      return unsupported(`mount type ${type ?? '(none)'}`, 'bind and tmpfs are there, and volumes');
  }
}

function target(destination: string | undefined): string {
  if (!destination?.startsWith('/') || destination === '/') invalid(`invalid mount destination '${destination ?? ''}'`);
  return destination;
}
