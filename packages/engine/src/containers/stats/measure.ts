import { nowNanos } from '../../clock.ts';
import type { CgroupStats } from '../../ports/cgroups.ts';
import type { ContainerContext } from '../context.ts';
import type { ContainerRecord } from '../record.ts';
import { cgroupOf } from '../sandbox.ts';
import { isLive } from '../status.ts';
import { readHostCpu } from './host-cpu.ts';
import { type InterfaceStats, readInterfaces } from './interfaces.ts';

/** What a running container had used at one moment. */
export interface Measurement extends CgroupStats {
  /** When, nanoseconds since the epoch. */
  readonly time: bigint;
  readonly startedAt: string;
  /** By interface name; none where it has the host's network. */
  readonly interfaces: Readonly<Record<string, InterfaceStats>>;
  readonly hostCpu: { readonly total: number; readonly online: number };
}

/** Undefined while it does not run. */
export function measure(ctx: ContainerContext, record: ContainerRecord): Measurement | undefined {
  if (!isLive(record)) return undefined;
  const { state, definition } = record;
  return {
    ...ctx.cgroups.stats(cgroupOf(ctx, record)),
    time: nowNanos(),
    startedAt: state.startedAt ?? record.created,
    interfaces: definition.network.mode.kind === 'host' ? {} : readInterfaces(state.pid),
    hostCpu: readHostCpu(),
  };
}
