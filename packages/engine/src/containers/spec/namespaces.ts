import { SelkieError } from '@selkie/contract';
import type { NamespaceMode, NetworkMode } from '../definition.ts';
import type { SpecInput } from './input.ts';
import type { NamespaceType, OciNamespace } from './types.ts';

/** The namespaces the container enters or makes; one left out is the host's. */
export function buildNamespaces(input: SpecInput): OciNamespace[] {
  const { namespaces, network } = input.definition;
  refuseUserNamespace(namespaces.user);
  return [
    { type: 'mount' },
    ...namespace('pid', namespaces.pid, input),
    ...namespace('ipc', namespaces.ipc, input),
    ...namespace('uts', namespaces.uts, input),
    ...namespace('cgroup', cgroupMode(input), input),
    ...networkNamespace(network.mode, input),
  ];
}

/** Whether the container has a namespace of this type for itself, so that settings of that namespace are its own. */
export function ownsNamespace(type: NamespaceType, input: SpecInput): boolean {
  const { namespaces, network } = input.definition;
  if (type === 'network') return !['host', 'container', 'path'].includes(network.mode.kind);
  if (type === 'mount') return true;
  return !['host', 'container', 'path'].includes(namespaces[type].kind);
}

function namespace(type: Exclude<NamespaceType, 'network'>, mode: NamespaceMode, input: SpecInput): OciNamespace[] {
  switch (mode.kind) {
    case 'host':
      return [];
    case 'path':
      return [{ type, path: mode.path }];
    case 'container':
      return [{ type, path: sharedPath(type, mode.container, input) }];
    case 'none':
    case 'shareable':
      if (type !== 'ipc') {
        throw new SelkieError('INVALID_PARAMETER', { reason: `invalid ${type} mode: ${mode.kind}` });
      }
      return [{ type }];
    default:
      return [{ type }];
  }
}

function sharedPath(type: NamespaceType, container: string, input: SpecInput): string {
  const path = input.namespacePaths[type];
  if (path === undefined) {
    throw new SelkieError('CONTAINER_STATE', {
      reason: `cannot join the ${type} namespace of container ${container}: it is not running`,
    });
  }
  return path;
}

/** The engine usually made one beforehand; without it the runtime makes one that is empty. */
function networkNamespace(mode: NetworkMode, input: SpecInput): OciNamespace[] {
  if (mode.kind === 'host') return [];
  if (mode.kind === 'container') return [{ type: 'network', path: sharedPath('network', mode.container, input) }];
  const path = mode.kind === 'path' ? mode.path : input.namespacePaths.network;
  return [path === undefined ? { type: 'network' } : { type: 'network', path }];
}

/** On cgroup v1 the hierarchies a container would see through a namespace of its own confuse more programs than they help. */
function cgroupMode(input: SpecInput): NamespaceMode {
  const mode = input.definition.namespaces.cgroup;
  if (mode.kind !== 'default') return mode;
  return { kind: input.host.cgroups.version === 2 ? 'private' : 'host' };
}

function refuseUserNamespace(mode: NamespaceMode): void {
  if (mode.kind === 'host' || mode.kind === 'default') return;
  throw new SelkieError('UNSUPPORTED', {
    what: `user namespace mode ${mode.kind}`,
    reason: 'containers share the user namespace of the service',
  });
}
