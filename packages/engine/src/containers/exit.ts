import { timestamp } from '../clock.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { isAlive } from './process-identity.ts';
import type { ContainerRecord } from './record.ts';
import { removeLocked } from './remove.ts';
import { scheduleRestart, wantsRestart } from './restart-policy.ts';
import { isRestarting } from './restarting.ts';
import { bundleOf, teardown } from './sandbox.ts';

/** Exit code of a process that went while nobody, not even its monitor, could see how. */
export const UNKNOWN_EXIT = 255;
/** How often to look whether a process is still there: its monitor may have been killed and never tell. */
const LOOK_MS = 5_000;

/** Watches a live container's process and settles its exit, also one that happened while nobody watched. */
export function watchExit(ctx: ContainerContext, record: ContainerRecord): void {
  ctx.exitWatches.get(record.id)?.[Symbol.dispose]();
  const { pid, pidStart } = record.state;
  const bundle = bundleOf(ctx, record.id);
  const ended = (code: number) => {
    ctx.exitWatches.get(record.id)?.[Symbol.dispose]();
    ctx.exitWatches.delete(record.id);
    ctx.lock
      .run(record.id, async () => {
        const current = ctx.store.get(record.id)?.state;
        // Else this run has been undone while the exit waited for the lock, and another may have begun.
        if (current?.pid === pid && current.pidStart === pidStart) await settleExit(ctx, record.id, code);
      })
      .catch((error) => {
        ctx.report(`settling the exit of container ${record.id}`, error);
        // The disk may have been full: it is tried until it can be written down.
        const again = setTimeout(() => ended(code), LOOK_MS).unref();
        ctx.exitWatches.set(record.id, { [Symbol.dispose]: () => clearTimeout(again) });
      });
  };
  const look = setInterval(() => {
    if (!isAlive(pid, pidStart) && !ctx.monitor.isMonitored(bundle))
      ended(ctx.monitor.exitCode(bundle) ?? UNKNOWN_EXIT);
  }, LOOK_MS).unref();
  const watch = ctx.monitor.onExit(bundle, ended);
  ctx.exitWatches.set(record.id, {
    [Symbol.dispose]() {
      clearInterval(look);
      watch[Symbol.dispose]();
    },
  });
}

/** Records an exit, gives back what the container held, and does what was asked for after it. Runs under the container's lock. */
export async function settleExit(ctx: ContainerContext, id: string, exitCode: number): Promise<void> {
  let record = ctx.store.get(id);
  if (record === undefined || record.state.pid === 0) return;
  const finishedAt = timestamp();
  const oomKilled = ctx.cgroups.oomKilled(ctx.cgroups.pathFor(id, record.definition.resources.cgroupParent));
  ctx.onStopped(record);
  // What cannot be given back now is given back at the next start of the container or the service; its exit is a fact all the same.
  await teardown(ctx, record).catch((error) => ctx.report(`cleaning up after container ${id}`, error));
  record = ctx.store.setState(record, {
    status: 'exited',
    pid: 0,
    pidStart: 0,
    conmonPid: 0,
    exitCode,
    finishedAt,
    oomKilled,
  });
  if (oomKilled) ctx.emit('container', 'oom', id, record.name, attributesOf(record));
  const started = record.state.startedAt ?? finishedAt;
  const execDuration = String(Math.max(0, Math.floor((Date.parse(finishedAt) - Date.parse(started)) / 1000)));
  ctx.emit('container', 'died', id, record.name, attributesOf(record, { exitCode: String(exitCode), execDuration }));
  await afterExit(ctx, record);
}

/** Starts it again or removes it, as was asked for when it was made. Runs under the container's lock. */
export async function afterExit(ctx: ContainerContext, record: ContainerRecord): Promise<void> {
  if (wantsRestart(record)) scheduleRestart(ctx, record);
  else if (record.definition.autoRemove && !isRestarting(ctx, record.id))
    await removeLocked(ctx, record, { volumes: true });
}
