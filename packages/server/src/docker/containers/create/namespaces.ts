import type { HostConfig } from '@selkie/contract/docker/types/host-config';
import type { NamespaceMode, NamespacesDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function namespacesDefinition(host: HostConfig): NamespacesDefinition {
  if (host.UsernsMode && host.UsernsMode !== 'host')
    unsupported(`HostConfig.UsernsMode ${host.UsernsMode}`, 'not delivered yet');
  return {
    pid: mode('PidMode', host.PidMode, ['host']),
    ipc: mode('IpcMode', host.IpcMode, ['host', 'private', 'shareable', 'none']),
    uts: mode('UTSMode', host.UTSMode, ['host']),
    cgroup: mode('CgroupnsMode', host.CgroupnsMode, ['host', 'private']),
    user: { kind: 'host' },
  };
}

type Word = 'host' | 'private' | 'shareable' | 'none';

function mode(field: string, value: string | undefined, allowed: readonly Word[]): NamespaceMode {
  if (value === undefined || value === '') return { kind: 'default' };
  const word = allowed.find((candidate) => candidate === value);
  if (word !== undefined) return { kind: word };
  if (value.startsWith('container:') && field !== 'UTSMode' && field !== 'CgroupnsMode') {
    return { kind: 'container', container: value.slice('container:'.length) };
  }
  return invalid(`invalid ${field}: ${value}`);
}
