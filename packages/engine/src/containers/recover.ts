import type { ContainerContext } from './context.ts';
import { afterExit, settleExit, UNKNOWN_EXIT, watchExit } from './exit.ts';
import { isAlive } from './process-identity.ts';
import type { ContainerRecord } from './record.ts';
import { removeLocked } from './remove.ts';
import { bundleOf, cgroupOf, teardown } from './sandbox.ts';
import { isLive } from './status.ts';

/** Takes up every container where the last service, or the last boot, left it. */
export async function recover(ctx: ContainerContext): Promise<void> {
  for (const record of ctx.store.all()) {
    try {
      await ctx.lock.run(record.id, () => recoverOne(ctx, record));
    } catch (error) {
      ctx.report(`taking up container ${record.id}`, error);
    }
  }
}

async function recoverOne(ctx: ContainerContext, record: ContainerRecord): Promise<void> {
  const { status, pid, pidStart } = record.state;
  if (status === 'removing')
    return removeLocked(
      ctx,
      { ...record, state: { ...record.state, pid: pid || -1 } },
      {
        volumes: record.state.removeVolumes ?? false,
      },
    );
  if (status === 'starting') {
    // Its client never heard that it runs.
    await teardown(ctx, record).catch((error) => ctx.report(`undoing the start of container ${record.id}`, error));
    const back = record.state.startedAt === undefined ? 'created' : 'exited';
    ctx.store.setState(record, {
      status: back,
      pid: 0,
      pidStart: 0,
      conmonPid: 0,
      error: 'the service ended while it was starting',
    });
    return;
  }
  if (isLive(record)) {
    const recorded = ctx.monitor.exitCode(bundleOf(ctx, record.id));
    if (recorded !== undefined) return settleExit(ctx, record.id, recorded);
    if (!isAlive(pid, pidStart)) return settleExit(ctx, record.id, UNKNOWN_EXIT);
    watchExit(ctx, record);
    if (status !== 'initialized') ctx.onStarted(record);
    // The service may have been killed between freezing it and writing that down, or the other way round.
    const cgroup = cgroupOf(ctx, record);
    if (status === 'paused') await ctx.cgroups.freeze(cgroup);
    // One that cannot be thawed is in no group that could be frozen.
    else await ctx.cgroups.thaw(cgroup).catch(() => {});
    return;
  }
  // Work on its files may have been under way when the last service was killed.
  if (record.definition.rootfs === undefined) ctx.snapshots.unmount(record.id);
  if (status === 'exited') await afterExit(ctx, record);
}
