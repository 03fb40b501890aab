import { SelkieError } from '@selkie/contract';
import type { SecurityDefinition } from '../definition.ts';
import type { DialectDefaults } from './defaults.ts';
import type { OciCapabilities } from './types.ts';

/** Index is the kernel's number. */
export const CAPABILITIES: readonly string[] = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
];

/** Names of the bits set in a hexadecimal mask of /proc/<pid>/status. */
export function capabilitiesOfMask(mask: string): string[] {
  const bits = BigInt(`0x${mask}`);
  return CAPABILITIES.filter((_, number) => (bits >> BigInt(number)) & 1n);
}

type Asked = Pick<SecurityDefinition, 'privileged' | 'capAdd' | 'capDrop'>;

/**
 * The capabilities a container may have, in the kernel's order.
 * @param available the host's bounding set: what ALL and privileged mean
 * @throws SelkieError INVALID_PARAMETER for an unknown name or one this host cannot give
 */
export function resolveCapabilities(
  asked: Asked,
  defaults: readonly string[],
  available: readonly string[],
  warn: (message: string) => void,
): string[] {
  const added = asked.capAdd.map(normalize);
  const dropped = asked.capDrop.map(normalize);
  if (asked.privileged) return [...available];
  for (const name of added) {
    if (name !== 'ALL' && !available.includes(name)) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `capability ${name} is not available on this host` });
    }
  }
  const missing = defaults.filter((name) => !available.includes(name) && !dropped.includes(name));
  if (missing.length > 0) warn(`This host cannot give the default capabilities ${missing.join(', ')}`);

  const kept = new Set<string>();
  // Dropping ALL is the base named additions build on; adding ALL is what named drops take from.
  if (added.includes('ALL')) for (const name of available) kept.add(name);
  else if (!dropped.includes('ALL')) for (const name of defaults) kept.add(name);
  for (const name of dropped) kept.delete(name);
  for (const name of added) kept.add(name);
  return available.filter((name) => kept.has(name));
}

function normalize(name: string): string {
  const upper = name.toUpperCase();
  if (upper === 'ALL') return upper;
  const full = upper.startsWith('CAP_') ? upper : `CAP_${upper}`;
  if (full === 'CAP_ALL') return 'ALL';
  if (!CAPABILITIES.includes(full)) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid capability: "${name}"` });
  }
  return full;
}

/**
 * The five sets of a process. A user that is not root loses effective ones on exec anyway, so it gets the bounding set only, and the ones
 * asked for by name in the ambient set where the dialect promises that.
 */
export function capabilitySets(
  capabilities: readonly string[],
  uid: number,
  asked: Asked,
  defaults: Pick<DialectDefaults, 'capabilities' | 'ambientAdded'>,
): OciCapabilities {
  if (uid === 0) {
    return { bounding: capabilities, effective: capabilities, permitted: capabilities, inheritable: [], ambient: [] };
  }
  const names = asked.capAdd.map(normalize);
  const own = defaults.ambientAdded ? capabilities.filter((name) => names.includes(name) || names.includes('ALL')) : [];
  return { bounding: capabilities, effective: own, permitted: own, inheritable: own, ambient: own };
}
