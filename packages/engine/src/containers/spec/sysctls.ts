import { SelkieError } from '@selkie/contract';
import { NETWORK_SYSCTLS } from './defaults.ts';
import type { SpecInput } from './input.ts';
import { ownsNamespace } from './namespaces.ts';
import type { NamespaceType } from './types.ts';

const IPC = new Set([
  'kernel.msgmax',
  'kernel.msgmnb',
  'kernel.msgmni',
  'kernel.sem',
  'kernel.shmall',
  'kernel.shmmax',
  'kernel.shmmni',
  'kernel.shm_rmid_forced',
]);

/** Kernel settings of the container's namespaces. Any other would change the host. */
export function buildSysctls(input: SpecInput): Record<string, string> {
  const asked = input.definition.security.sysctls;
  for (const name of Object.keys(asked)) {
    const type = namespaceOf(name);
    if (type === undefined) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `sysctl '${name}' is not in a separate kernel namespace` });
    }
    if (!ownsNamespace(type, input)) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `sysctl '${name}' cannot be set: the container has no ${type} namespace of its own`,
      });
    }
  }
  return { ...(ownsNamespace('network', input) && NETWORK_SYSCTLS), ...asked };
}

function namespaceOf(name: string): NamespaceType | undefined {
  // A slash would be another way to write a dot, or a way out of /proc/sys.
  if (name.includes('/') || name.includes('..')) return undefined;
  if (name.startsWith('net.')) return 'network';
  if (IPC.has(name) || name.startsWith('fs.mqueue.')) return 'ipc';
  if (name === 'kernel.domainname') return 'uts';
  return undefined;
}
