import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from './context.ts';
import { refuseNul } from './nul.ts';
import { containerAccounts, hostAccounts } from './processes/accounts.ts';
import { DEFAULT_DESCRIPTORS, describe, isDescriptor, type Viewpoint } from './processes/descriptors.ts';
import { fullFormat } from './processes/full-format.ts';
import { readIdMap } from './processes/id-map.ts';
import { type ProcessInfo, readBoot, readProcess } from './processes/process.ts';
import { hostPs } from './processes/ps.ts';
import type { ProcessTable } from './processes/table.ts';
import type { ContainerRecord } from './record.ts';
import { cgroupOf } from './sandbox.ts';
import { isLive } from './status.ts';

/** Columns by arguments of ps, with the host's pids, or by name, with the container's. None: `-ef`, and the default names. */
export type TopRequest =
  | { readonly kind: 'ps'; readonly args: readonly string[] }
  | { readonly kind: 'descriptors'; readonly descriptors: readonly string[] };

/**
 * The processes of a running container. Names that are no descriptors are arguments of ps.
 * @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING, CONTAINER_STATE, INVALID_PARAMETER, HOST; the signal's reason on abort
 */
export async function top(
  ctx: ContainerContext,
  reference: string,
  request: TopRequest,
  signal: AbortSignal,
): Promise<ProcessTable> {
  const record = ctx.store.find(reference);
  refuseUnlessRunning(ctx, record, request);
  const pids = ctx.cgroups.processes(cgroupOf(ctx, record));
  const processes = () => pids.map((pid) => readProcess(pid)).filter((process) => process !== undefined);
  if (request.kind === 'descriptors' && request.descriptors.every(isDescriptor)) {
    const { descriptors } = request;
    const found = processes();
    return describe(found, descriptors.length > 0 ? descriptors : DEFAULT_DESCRIPTORS, viewpoint(record, found));
  }
  refuseNul(request);
  const args = request.kind === 'ps' ? request.args : request.descriptors;
  if (args.length === 0 || (args.length === 1 && args[0] === '-ef')) {
    return fullFormat(processes(), hostAccounts(), readBoot());
  }
  return hostPs(args, new Set(pids), signal);
}

function refuseUnlessRunning(ctx: ContainerContext, record: ContainerRecord, request: TopRequest): void {
  const { id, state } = record;
  if (ctx.pendingRestarts.has(id)) {
    const reason = `Container ${id} is restarting, wait until the container is running`;
    throw new SelkieError('CONTAINER_STATE', { reason });
  }
  if (!isLive(record) || state.status === 'initialized') throw new SelkieError('CONTAINER_NOT_RUNNING', { id });
  if (state.status === 'paused' && request.kind === 'descriptors') {
    throw new SelkieError('CONTAINER_STATE', { reason: 'top can only be used on running containers' });
  }
}

function viewpoint({ state }: ContainerRecord, processes: readonly ProcessInfo[]): Viewpoint {
  const byPid = new Map(processes.map((process) => [process.pid, process]));
  return {
    // A process may be in namespaces below the container's; its first process is in the container's own.
    depth: (byPid.get(state.pid)?.pids.length ?? 1) - 1,
    uidMap: readIdMap(`/proc/${state.pid}/uid_map`),
    gidMap: readIdMap(`/proc/${state.pid}/gid_map`),
    inside: containerAccounts(state.pid),
    outside: hostAccounts(),
    boot: readBoot(),
    byPid,
  };
}
