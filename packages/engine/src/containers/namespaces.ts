import { readlinkSync } from 'node:fs';
import type { ContainerRecord } from './record.ts';

const TYPES = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'] as const;

/** Inode numbers of a running container's namespaces; what cannot be told is left out. */
export type NamespaceIds = Partial<Readonly<Record<(typeof TYPES)[number], string>>>;

export function namespaceIds({ state }: Pick<ContainerRecord, 'state'>): NamespaceIds {
  if (state.pid === 0) return {};
  return Object.fromEntries(TYPES.map((type) => [type, inode(state.pid, type)]).filter(([, id]) => id !== undefined));
}

function inode(pid: number, type: string): string | undefined {
  try {
    return /\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/ns/${type}`))?.[1];
  } catch {
    return undefined; // It has ended.
  }
}
