import { posix } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { MountDefinition } from '../definition.ts';
import type { AttachedVolume } from '../record.ts';
import type { SpecInput } from './input.ts';
import { bindOptions, type MountContext, tmpfsOptions } from './mount-options.ts';
import { engineMounts, systemMounts } from './system-mounts.ts';
import type { OciMount } from './types.ts';

/** Every mount, parents before children. What the client mounts takes the place of what the engine would mount there. */
export function buildMounts(input: SpecInput): OciMount[] {
  const user = userMounts(input);
  const taken = new Set(user.map((mount) => mount.destination));
  // A /dev of the client's comes with its own pts, shm and mqueue.
  const replaced = (path: string) => taken.has(path) || (taken.has('/dev') && path.startsWith('/dev/'));
  const own = [...systemMounts(input), ...engineMounts(input)].filter((mount) => !replaced(mount.destination));
  return [...own, ...user].sort((a, b) => depth(a.destination) - depth(b.destination));
}

/** How mounts made on the host reach the container needs the root to take part. */
export function rootfsPropagation(mounts: readonly OciMount[]): 'rshared' | 'rslave' | undefined {
  const has = (...names: string[]) => mounts.some((mount) => mount.options.some((option) => names.includes(option)));
  if (has('shared', 'rshared')) return 'rshared';
  return has('slave', 'rslave') ? 'rslave' : undefined;
}

function userMounts(input: SpecInput): OciMount[] {
  const mounts = [
    ...input.definition.mounts.flatMap((mount) => (mount.type === 'volume' ? [] : [definedMount(mount, input)])),
    ...input.volumes.map((volume) => volumeMount(volume, input)),
  ];
  const seen = new Set<string>();
  for (const { destination } of mounts) {
    if (seen.has(destination)) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `Duplicate mount point: ${destination}` });
    }
    seen.add(destination);
  }
  requireVolumes(input, seen);
  return mounts;
}

/** A volume asked for that the caller did not resolve would silently be missing. */
function requireVolumes(input: SpecInput, mounted: ReadonlySet<string>): void {
  for (const mount of input.definition.mounts) {
    if (mount.type === 'volume' && !mounted.has(normalizeTarget(mount.target))) {
      throw new SelkieError('INTERNAL', { reason: `volume ${mount.name} for ${mount.target} is not attached` });
    }
  }
}

function definedMount(mount: Exclude<MountDefinition, { type: 'volume' }>, input: SpecInput): OciMount {
  const destination = normalizeTarget(mount.target);
  const context: MountContext = { target: destination, readOnly: mount.readOnly, selinux: input.host.selinux };
  if (mount.type === 'tmpfs') {
    return { destination, type: 'tmpfs', source: 'tmpfs', options: tmpfsOptions(mount.options, context) };
  }
  if (!posix.isAbsolute(mount.source)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `invalid mount config for type "bind": invalid mount path: '${mount.source}' mount path must be absolute`,
    });
  }
  return { destination, type: 'bind', source: mount.source, options: bindOptions(mount.options, context) };
}

function volumeMount(volume: AttachedVolume, input: SpecInput): OciMount {
  const destination = normalizeTarget(volume.target);
  const context: MountContext = { target: destination, readOnly: volume.readOnly, selinux: input.host.selinux };
  // Filling a new volume from the image is the engine's work, done before the mount.
  const options = volume.options.filter((option) => option !== 'copy' && option !== 'nocopy');
  return { destination, type: 'bind', source: volume.path, options: bindOptions(options, context) };
}

/** The runtime resolves it inside the root; here it is only made comparable. */
export function normalizeTarget(target: string): string {
  if (!posix.isAbsolute(target)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `invalid mount path: '${target}' mount path must be absolute`,
    });
  }
  const path = posix.normalize(target).replace(/(.)\/$/, '$1');
  if (path === '/') {
    throw new SelkieError('INVALID_PARAMETER', { reason: "invalid specification: destination can't be '/'" });
  }
  return path;
}

function depth(path: string): number {
  return path.split('/').length;
}
