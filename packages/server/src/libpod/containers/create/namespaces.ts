import type { Namespace, SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { NamespaceMode, NamespacesDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function namespacesDefinition(spec: SpecGenerator): NamespacesDefinition {
  const user = spec.userns?.nsmode;
  if (user && user !== 'host' && user !== 'default') unsupported(`userns ${user}`, 'not delivered yet');
  const maps = spec.idmappings;
  if (maps?.UIDMap?.length || maps?.GIDMap?.length || maps?.AutoUserNs) unsupported('idmappings', 'not delivered yet');
  return {
    pid: namespaceMode('pidns', spec.pidns),
    ipc: namespaceMode('ipcns', spec.ipcns),
    uts: namespaceMode('utsns', spec.utsns),
    cgroup: namespaceMode('cgroupns', spec.cgroupns),
    user: { kind: 'host' },
  };
}

export function namespaceMode(field: string, namespace: Namespace | undefined): NamespaceMode {
  const { nsmode = '', value = '' } = namespace ?? {};
  switch (nsmode) {
    case '':
    case 'default':
      return { kind: 'default' };
    case 'private':
    case 'host':
      return { kind: nsmode };
    case 'shareable':
    case 'none':
      return field === 'ipcns' ? { kind: nsmode } : invalid(`invalid ${field}: ${nsmode}`);
    case 'container':
      return { kind: 'container', container: value || invalid(`${field} names no container`) };
    case 'path':
      return { kind: 'path', path: value.startsWith('/') ? value : invalid(`${field} is no absolute path: ${value}`) };
    default:
      return unsupported(`${field} ${nsmode}`, 'not delivered yet');
  }
}
