import type { Emit } from '../events/events.ts';
import type { NetworkDriver } from '../ports/network-driver.ts';
import type { StateStore } from '../ports/state-store.ts';
import type { Ipam } from './ipam.ts';
import type { NetworkRecord } from './record.ts';
import type { NetworkStore } from './store.ts';

/** A container a network belongs to, running or not. */
export interface NetworkUser {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
}

/** What the network verbs work with. */
export interface NetworkContext {
  readonly state: StateStore;
  readonly driver: NetworkDriver;
  readonly store: NetworkStore;
  readonly ipam: Ipam;
  readonly emit: Emit;
  /** Containers that are configured for a network. */
  readonly users: (networkId: string) => readonly NetworkUser[];
}

/** Whether a container is configured for a network; only one that runs counts where `ignoreStopped`. */
export function isUsed(ctx: NetworkContext, { id }: NetworkRecord, ignoreStopped = false): boolean {
  if (ctx.ipam.leases(id).length > 0) return true;
  return ctx.users(id).some(({ running }) => running || !ignoreStopped);
}

export function emitNetwork(
  ctx: NetworkContext,
  action: string,
  { id, name, driver }: NetworkRecord,
  more: Readonly<Record<string, string>> = {},
): void {
  ctx.emit('network', action, id, name, { type: driver, ...more });
}
