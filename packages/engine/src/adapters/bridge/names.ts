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

/** A locally administered unicast address, the same each time for the same parts. */
export function deriveMac(...parts: readonly string[]): string {
  const octets =
    hash(...parts)
      .slice(0, 12)
      .match(/../g) ?? [];
  const first = (Number.parseInt(octets[0] ?? '', 16) & 0xfc) | 0x02;
  return [first.toString(16).padStart(2, '0'), ...octets.slice(1)].join(':');
}
