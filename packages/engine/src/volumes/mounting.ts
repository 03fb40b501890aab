import { readFileSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import {
  MNT_DETACH,
  MS_BIND,
  MS_NODEV,
  MS_NOEXEC,
  MS_NOSUID,
  MS_RDONLY,
  MS_REC,
  MS_REMOUNT,
  mount,
  UMOUNT_NOFOLLOW,
  umount2,
} from '@selkie/native/mount';
import { ensureDirectory } from './create.ts';
import type { VolumeMount, VolumeRecord } from './record.ts';

const RESTRICTIONS = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;

/** Mounts what a volume is made of; one that is mounted or a plain directory stays as it is. @throws SelkieError HOST */
export function mountVolume(record: VolumeRecord): void {
  const { name, path, mount: what } = record;
  ensureDirectory(record);
  if (what === undefined || isMountPoint(path)) return;
  try {
    make(what, path);
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    const reason = `failed to mount volume ${name} (type ${what.type}, device ${what.device}): ${because}`;
    if (isMountPoint(path)) umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW);
    throw new SelkieError('HOST', { reason }, { cause });
  }
}

/** Of nothing: a success. Containers that have it mounted keep it. @throws where it stays mounted */
export function unmountVolume({ path, mount: what }: VolumeRecord): void {
  if (what === undefined) return;
  while (isMountPoint(path)) umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW);
}

function make({ type, device, flags, data }: VolumeMount, target: string): void {
  if (type === 'tmpfs') mount({ source: device, target, type, flags, data });
  else {
    mount({ source: device, target, flags: flags & (MS_BIND | MS_REC) });
    // A bind takes its restrictions only once it is there.
    const restrictions = flags & RESTRICTIONS;
    if (restrictions) mount({ source: device, target, flags: MS_BIND | MS_REMOUNT | restrictions });
  }
}

function isMountPoint(path: string): boolean {
  const shown = path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .some((line) => line.split(' ')[4] === shown);
}
