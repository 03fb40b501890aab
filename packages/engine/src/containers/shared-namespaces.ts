import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from './context.ts';
import type { NamespaceMode, NetworkMode } from './definition.ts';
import { filesDirectory } from './files.ts';
import type { ContainerRecord } from './record.ts';
import { bundleOf } from './sandbox.ts';
import { sharedShm } from './shm.ts';
import type { ContainerFiles } from './spec/input.ts';
import type { NamespaceType } from './spec/types.ts';

export interface SharedNamespaces {
  readonly paths: Partial<Record<NamespaceType, string>>;
  /** Files of the container whose network is shared, where the same names and resolvers hold, and the /dev/shm that goes with a shared IPC namespace. */
  readonly files: ContainerFiles;
}

/** Files of the namespaces a container shares with others. @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING */
export function sharedNamespaces(ctx: ContainerContext, record: ContainerRecord): SharedNamespaces {
  const { pid, ipc, uts, cgroup } = record.definition.namespaces;
  const { mode: network } = record.definition.network;
  const modes: readonly [NamespaceType, string, NamespaceMode | NetworkMode][] = [
    ['pid', 'pid', pid],
    ['ipc', 'ipc', ipc],
    ['uts', 'uts', uts],
    ['cgroup', 'cgroup', cgroup],
    ['network', 'net', network],
  ];
  const paths: Partial<Record<NamespaceType, string>> = {};
  for (const [type, file, mode] of modes) {
    if (mode.kind === 'container') paths[type] = `/proc/${running(ctx, mode.container).state.pid}/ns/${file}`;
    if (mode.kind === 'path') paths[type] = mode.path;
  }
  return {
    paths,
    files: {
      ...(network.kind === 'container' ? filesOf(ctx, running(ctx, network.container)) : {}),
      ...(ipc.kind === 'container' ? { shm: shmOf(ctx, running(ctx, ipc.container)) } : {}),
    },
  };
}

function running(ctx: ContainerContext, reference: string): ContainerRecord {
  const other = ctx.store.find(reference);
  if (other.state.pid === 0) throw new SelkieError('CONTAINER_NOT_RUNNING', { id: other.id });
  return other;
}

function shmOf(ctx: ContainerContext, donor: ContainerRecord): string {
  return sharedShm(bundleOf(ctx, donor.id), donor);
}

function filesOf(ctx: ContainerContext, other: ContainerRecord): ContainerFiles {
  const file = (name: string) => join(filesDirectory(bundleOf(ctx, other.id)), name);
  const { manageHosts, manageHostname, manageResolv } = other.definition.hosts;
  return {
    ...(manageHosts ? { hosts: file('hosts') } : {}),
    ...(manageHostname ? { hostname: file('hostname') } : {}),
    ...(manageResolv ? { resolvConf: file('resolv.conf') } : {}),
  };
}
