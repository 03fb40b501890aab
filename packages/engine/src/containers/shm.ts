import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { MNT_DETACH, MS_NODEV, MS_NOEXEC, MS_NOSUID, mount, umount2 } from '@selkie/native/mount';
import type { ContainerRecord } from './record.ts';
import { DEFAULT_SHM_SIZE, defaultsOf } from './spec/defaults.ts';

/** Whether others may join its IPC namespace and so its /dev/shm. */
export function isShareable({ definition }: ContainerRecord): boolean {
  const { kind } = definition.namespaces.ipc;
  return kind === 'shareable' || (kind === 'default' && defaultsOf(definition).shareableIpc);
}

/** Mounts the /dev/shm of a container whose IPC namespace may be joined; the runtime mounts that of the others. */
export function mountShm(bundle: string, record: ContainerRecord): string | undefined {
  if (!isShareable(record)) return undefined;
  const target = shmOf(bundle);
  mkdirSync(target, { recursive: true });
  const size = record.definition.shmSize ?? DEFAULT_SHM_SIZE;
  mount({
    source: 'shm',
    target,
    type: 'tmpfs',
    flags: MS_NOSUID | MS_NODEV | MS_NOEXEC,
    data: `mode=1777,size=${size}`,
  });
  return target;
}

/** Of nothing: a success. */
export function unmountShm(bundle: string): void {
  try {
    umount2(shmOf(bundle), MNT_DETACH);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EINVAL' && code !== 'ENOENT') throw error;
  }
}

/** The /dev/shm of a container whose IPC namespace another one joins. @throws SelkieError CONFLICT */
export function sharedShm(bundle: string, donor: ContainerRecord): string {
  if (isShareable(donor)) return shmOf(bundle);
  throw new SelkieError('CONFLICT', {
    reason: `can't join IPC of container ${donor.id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`,
  });
}

function shmOf(bundle: string): string {
  return join(bundle, 'shm');
}
