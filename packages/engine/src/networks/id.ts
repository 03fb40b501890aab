import { randomBytes } from 'node:crypto';

export function newNetworkId(): string {
  return randomBytes(32).toString('hex');
}

/** A bridge named after its network; the kernel takes 15 characters. */
export function defaultInterfaceName(id: string): string {
  return `br-${id.slice(0, 12)}`;
}
