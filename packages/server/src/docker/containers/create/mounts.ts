import type { ContainerCreateRequest } from '@selkie/contract/docker/types/container-create';
import type { Mount } from '@selkie/contract/docker/types/host-config';
import type { MountDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

/** Everything a create body mounts: Binds, Mounts, Tmpfs and Volumes. A target that Binds or Mounts fill hides the same of Volumes. */
export function mountDefinitions(body: ContainerCreateRequest): MountDefinition[] {
  const host = body.HostConfig ?? {};
  const explicit = [
    ...(host.Binds ?? []).map((bind) => parseBind(bind, host.VolumeDriver)),
    ...(host.Mounts ?? []).map(parseMount),
    ...Object.entries(host.Tmpfs ?? {}).map(([target, options]) => tmpfs(target, split(options))),
  ];
  const targets = new Set<string>();
  for (const { target } of explicit) {
    if (targets.has(target)) invalid(`Duplicate mount point: ${target}`);
    targets.add(target);
  }
  const anonymous = Object.keys(body.Volumes ?? {})
    .filter((target) => !targets.has(target))
    .map((target) => volume('', absolute(target), []));
  return [...explicit, ...anonymous];
}

function absolute(target: string | undefined): string {
  if (!target?.startsWith('/')) invalid(`invalid mount target '${target ?? ''}': it must be an absolute path`);
  if (target === '/') invalid("invalid mount target: destination can't be '/'");
  return target.length > 1 ? target.replace(/\/+$/, '') : target;
}

function split(options: string | undefined): string[] {
  return (options ?? '').split(',').filter((option) => option !== '');
}

/** `source:target[:options]`; a source without a slash in front is a volume's name. */
function parseBind(bind: string, driver: string | undefined): MountDefinition {
  const parts = bind.split(':');
  if (parts.length > 3 || parts.some((part) => part === '')) invalid(`invalid volume specification: '${bind}'`);
  const [first = '', second, third] = parts;
  if (second === undefined) return volume('', absolute(first), []);
  const options = split(third);
  const target = absolute(second);
  if (!first.startsWith('/')) return volume(first, target, options, driver);
  return {
    type: 'bind',
    source: first,
    target,
    readOnly: options.includes('ro'),
    options: options.filter((option) => option !== 'ro' && option !== 'rw'),
    createSource: true,
  };
}

function volume(name: string, target: string, options: readonly string[], driver?: string): MountDefinition {
  return {
    type: 'volume',
    name,
    target,
    readOnly: options.includes('ro'),
    options: options.filter((option) => !['ro', 'rw', 'nocopy'].includes(option)),
    noCopy: options.includes('nocopy'),
    ...(driver ? { driver } : {}),
  };
}

function tmpfs(target: string, options: readonly string[]): MountDefinition {
  return {
    type: 'tmpfs',
    target: absolute(target),
    readOnly: options.includes('ro'),
    options: options.filter((option) => option !== 'ro' && option !== 'rw'),
  };
}

function parseMount(mount: Mount): MountDefinition {
  const target = absolute(mount.Target);
  const readOnly = mount.ReadOnly ?? false;
  switch (mount.Type) {
    case 'bind':
      return bindMount(mount, target, readOnly);
    case 'volume':
      return volumeMount(mount, target, readOnly);
    case 'tmpfs':
      return tmpfsMount(mount, target, readOnly);
    default:
      return unsupported(`mount type ${mount.Type ?? '(none)'}`, 'bind, volume and tmpfs are there');
  }
}

function bindMount(mount: Mount, target: string, readOnly: boolean): MountDefinition {
  const { Source: source } = mount;
  if (!source?.startsWith('/')) invalid(`invalid mount path: '${source ?? ''}' mount path must be absolute`);
  if (mount.VolumeOptions || mount.TmpfsOptions)
    invalid('a bind mount takes BindOptions, not VolumeOptions or TmpfsOptions');
  const { Propagation, NonRecursive, CreateMountpoint, ReadOnlyForceRecursive } = mount.BindOptions ?? {};
  if (ReadOnlyForceRecursive) unsupported('BindOptions.ReadOnlyForceRecursive', 'not delivered yet');
  return {
    type: 'bind',
    source,
    target,
    readOnly,
    options: [NonRecursive ? 'bind' : 'rbind', ...(Propagation ? [Propagation] : [])],
    createSource: CreateMountpoint ?? false,
  };
}

function volumeMount(mount: Mount, target: string, readOnly: boolean): MountDefinition {
  if (mount.BindOptions || mount.TmpfsOptions)
    invalid('a volume mount takes VolumeOptions, not BindOptions or TmpfsOptions');
  const { NoCopy, Labels, DriverConfig, Subpath } = mount.VolumeOptions ?? {};
  return {
    type: 'volume',
    name: mount.Source ?? '',
    target,
    readOnly,
    options: [],
    noCopy: NoCopy ?? false,
    ...(Subpath ? { subpath: Subpath } : {}),
    ...(Labels ? { labels: Labels } : {}),
    ...(DriverConfig?.Name ? { driver: DriverConfig.Name } : {}),
    ...(DriverConfig?.Options ? { driverOptions: DriverConfig.Options } : {}),
  };
}

function tmpfsMount(mount: Mount, target: string, readOnly: boolean): MountDefinition {
  if (mount.Source) invalid('a tmpfs mount has no Source');
  if (mount.BindOptions || mount.VolumeOptions)
    invalid('a tmpfs mount takes TmpfsOptions, not BindOptions or VolumeOptions');
  const { SizeBytes, Mode, Options = [] } = mount.TmpfsOptions ?? {};
  return {
    type: 'tmpfs',
    target,
    readOnly,
    options: [
      ...(SizeBytes ? [`size=${SizeBytes}`] : []),
      ...(Mode ? [`mode=${Mode.toString(8)}`] : []),
      ...Options.map((option) => option.join('=')),
    ],
  };
}
