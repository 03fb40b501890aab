import { SelkieError } from '@selkie/contract';
import type { WrittenLayer } from '../ports/file-trees.ts';
import type { ContainerContext } from './context.ts';
import type { ContainerRecord } from './record.ts';

/** Where the engine and the runtime mount; what is missing of it they make in the writable layer. */
const MOUNT_POINTS = [
  'dev',
  'proc',
  'sys',
  'etc/hosts',
  'etc/hostname',
  'etc/resolv.conf',
  'run/.containerenv',
  'sbin/docker-init',
];

/** What a container wrote and what it stands on. @throws SelkieError CONFLICT for a container on a directory of the host, which keeps no account */
export function writtenLayer({ snapshots }: ContainerContext, { id, image }: ContainerRecord): WrittenLayer {
  if (image === undefined) {
    const reason = `container ${id} runs on a directory of the host: what it changed is not known`;
    throw new SelkieError('CONFLICT', { reason });
  }
  const lowers = image.chainIds.flatMap((chainId) => snapshots.directoryOf(chainId) ?? []).reverse();
  return { upper: snapshots.upperDir(id), lowers, mountPoints: MOUNT_POINTS };
}
