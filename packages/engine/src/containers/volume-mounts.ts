import { closeSync, constants, mkdirSync, openSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { MNT_DETACH, MS_BIND, MS_REC, mount, UMOUNT_NOFOLLOW, umount2 } from '@selkie/native/mount';
import { O_PATH, openat2, RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS } from '@selkie/native/path';
import type { ContainerContext } from './context.ts';
import type { AttachedVolume, ContainerRecord } from './record.ts';

/** Makes a container's volumes ready and returns where to bind each from. @throws SelkieError HOST, INVALID_PARAMETER */
export async function mountVolumes(
  ctx: ContainerContext,
  bundle: string,
  { volumes }: ContainerRecord,
  rootfs: string,
): Promise<AttachedVolume[]> {
  const mounted: AttachedVolume[] = [];
  for (const [index, volume] of volumes.entries()) {
    await ctx.volumes.populate(volume, rootfs);
    const { path, subpath } = volume;
    mounted.push(
      subpath === undefined ? volume : { ...volume, path: pin(join(subpathsOf(bundle), `${index}`), path, subpath) },
    );
  }
  return mounted;
}

/** Of nothing: a success. Comes before the bundle is deleted, or the volumes' files would be. */
export function unmountSubpaths(bundle: string): void {
  const directory = subpathsOf(bundle);
  for (const name of entriesOf(directory)) {
    try {
      umount2(join(directory, name), MNT_DETACH | UMOUNT_NOFOLLOW);
    } catch (error) {
      // Made, but never mounted on.
      if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
    }
  }
}

/**
 * Binds what a volume has at a path to a place of the engine's own. The path is resolved inside the volume and bound by descriptor: what a
 * container that writes there makes of it afterwards changes nothing.
 */
function pin(place: string, volume: string, subpath: string): string {
  const found = openInside(volume, subpath);
  try {
    const source = `/proc/self/fd/${found}`;
    if (statSync(source).isDirectory()) mkdirSync(place, { recursive: true });
    else {
      mkdirSync(join(place, '..'), { recursive: true });
      writeFileSync(place, '');
    }
    mount({ source, target: place, flags: MS_BIND | MS_REC });
    return place;
  } finally {
    closeSync(found);
  }
}

function openInside(volume: string, subpath: string): number {
  const root = openSync(volume, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return openat2(root, subpath, { flags: O_PATH, resolve: RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS });
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new SelkieError('INVALID_PARAMETER', { reason: `cannot access subpath "${subpath}": ${because}` }, { cause });
  } finally {
    closeSync(root);
  }
}

function entriesOf(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function subpathsOf(bundle: string): string {
  return join(bundle, 'subpaths');
}
