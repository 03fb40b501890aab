import { closeSync, constants, lstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SystemCallError } from '@selkie/native';
import { MAX_MOUNT_DATA, MNT_DETACH, MS_BIND, MS_PRIVATE, mount, UMOUNT_NOFOLLOW, umount2 } from '@selkie/native/mount';

/**
 * Whatever the host's defaults, the upper directory must hold plain files that can be read back as a layer, and a work
 * directory left by a crash must be usable again.
 */
const OPTIONS = 'index=off,metacopy=off,redirect_dir=nofollow';

export interface OverlayCall {
  /** Directory that holds the layers. */
  readonly layersRoot: string;
  /** Names in it, topmost first. */
  readonly layers: readonly string[];
  /** Directory with `upper`, `work`, and `root` to mount on. */
  readonly base: string;
}

export function mountOverlay({ layersRoot, layers, base }: OverlayCall): void {
  const call = (layerDir: string, baseDir: string) => {
    const lower = layers.map((layer) => `${layerDir}/${layer}`).join(':');
    const data = `lowerdir=${lower},upperdir=${baseDir}/upper,workdir=${baseDir}/work,${OPTIONS}`;
    return { source: 'overlay', target: join(base, 'root'), type: 'overlay', data };
  };
  const plain = call(layersRoot, base);
  // Colons, commas and backslashes would need escaping that kernels differ in.
  if (Buffer.byteLength(plain.data) <= MAX_MOUNT_DATA && !/[:,\\]/.test(layersRoot + base)) {
    mount(plain);
    return;
  }
  // Short names for the same directories, good while they are open.
  const [layersFd, baseFd] = [openDirectory(layersRoot), openDirectory(base)];
  try {
    mount(call(`/proc/self/fd/${layersFd}`, `/proc/self/fd/${baseFd}`));
  } finally {
    closeSync(layersFd);
    closeSync(baseFd);
  }
}

export function openDirectory(path: string): number {
  return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
}

/** Whether something is mounted on a directory; it is on another device than its parent then. */
export function isMounted(path: string): boolean {
  const here = lstatSync(path, { throwIfNoEntry: false });
  return here !== undefined && here.dev !== lstatSync(dirname(path)).dev;
}

/** Unmounts; lazily where a process still has files open there. Nothing happens where nothing is mounted. */
export function unmountTree(path: string): void {
  if (!isMounted(path)) return;
  try {
    umount2(path, UMOUNT_NOFOLLOW);
  } catch (error) {
    if (!(error instanceof SystemCallError && error.code === 'EBUSY')) throw error;
    umount2(path, UMOUNT_NOFOLLOW | MNT_DETACH);
  }
}

/**
 * Makes a directory a private mount, so that what is mounted below is not copied into other mount namespaces, where it would stay
 * busy after it is unmounted here. Done once; the bind mount stays while anything is mounted below.
 */
export function makePrivate(directory: string): void {
  if (!mountPoints().includes(directory)) mount({ source: directory, target: directory, flags: MS_BIND });
  mount({ source: '', target: directory, flags: MS_PRIVATE });
}

/** Undoes {@link makePrivate} where nothing below is mounted or open any more, so that an idle service leaves no mount. */
export function releasePrivate(directory: string): void {
  if (!mountPoints().includes(directory)) return;
  try {
    umount2(directory, UMOUNT_NOFOLLOW);
  } catch (error) {
    if (!(error instanceof SystemCallError && error.code === 'EBUSY')) throw error;
  }
}

/** Every mount point of this mount namespace, in the order they were mounted. */
export function mountPoints(): string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  return lines.map((line) => unescapeOctal(line.split(' ')[4] ?? ''));
}

function unescapeOctal(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
