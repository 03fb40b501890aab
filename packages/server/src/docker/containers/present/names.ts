import { DEFAULT_NETWORK } from '@selkie/engine/networks/predefined';

/** Docker's name of a network: the engine's default one is its `bridge`. */
export function networkName(name: string): string {
  return name === DEFAULT_NETWORK ? 'bridge' : name;
}

/** The engine's name of a network a Docker client names; anything but `bridge` is the same to both. */
export function engineNetwork(name: string): string {
  return name === 'bridge' ? DEFAULT_NETWORK : name;
}

/** `[a]` or null, as Go prints a slice that was never made. */
export function orNull<T>(items: readonly T[]): T[] | null {
  return items.length === 0 ? null : [...items];
}
