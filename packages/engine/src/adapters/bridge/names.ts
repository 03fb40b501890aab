import { createHash } from 'node:crypto';

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex');
}

/** Short name of a service, so that several on one host tell their tables, bridges and interfaces apart. */
export function instanceName(stateRoot: string): string {
  return hash(stateRoot).slice(0, 8);
}

/** The host's end of a container's link to a network: the same each time, within the kernel's 15 characters. */
export function vethName(instance: string, containerId: string, networkId: string): string {
  return `veth${hash(instance, containerId, networkId).slice(0, 11)}`;
}
