import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { processStart, signalProcess } from './process-identity.ts';
import type { ContainerRecord } from './record.ts';
import { signalNumber } from './signals.ts';
import { isLive } from './status.ts';

const SIGKILL = 9;

/** Sends a signal to a running container. @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING, INVALID_PARAMETER */
export async function kill(ctx: ContainerContext, reference: string, signal: string): Promise<void> {
  const record = ctx.store.find(reference);
  const number = signalNumber(signal);
  if (!isLive(record)) throw new SelkieError('CONTAINER_NOT_RUNNING', { id: record.id });
  // As docker does: a kill is the user's word that it should be down, whichever signal ends it.
  if (number === SIGKILL || number === record.process.stopSignal) ctx.store.setState(record, { stoppedByUser: true });
  await sendSignal(ctx, record, number);
  ctx.emit('container', 'kill', record.id, record.name, attributesOf(record, { signal: String(number) }));
}

/** A signal to PID 1; SIGKILL to all where the container has no pid namespace of its own to fall with PID 1, or is frozen. */
export async function sendSignal(ctx: ContainerContext, record: ContainerRecord, signal: number): Promise<void> {
  const { pid, pidStart, status } = record.state;
  signalProcess(pid, pidStart, signal);
  if (signal !== SIGKILL) return;
  const cgroup = ctx.cgroups.pathFor(record.id, record.definition.resources.cgroupParent);
  if (status === 'paused') await ctx.cgroups.thaw(cgroup);
  if (record.definition.namespaces.pid.kind === 'private' || record.definition.namespaces.pid.kind === 'default')
    return;
  for (const other of ctx.cgroups.processes(cgroup)) signalProcess(other, processStart(other), SIGKILL);
}
