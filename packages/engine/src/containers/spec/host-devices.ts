import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { posix } from 'node:path';

export interface HostDevice {
  readonly path: string;
  readonly type: 'b' | 'c';
  readonly major: number;
  readonly minor: number;
  readonly fileMode: number;
  readonly uid: number;
  readonly gid: number;
}

/** Device nodes of this host. */
export interface HostDevices {
  /** The device at a path, or every one beneath it; empty where there is none. */
  find(path: string): HostDevice[];
  /** What a privileged container sees in its /dev. */
  all(): HostDevice[];
}

/** The container has these of its own. */
const OWN = new Set(['pts', 'shm', 'fd', 'mqueue', 'console', '.lxc', '.lxd-mounts', '.udev']);

export const hostDevices: HostDevices = {
  find(path) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return [];
    return stats.isDirectory() ? walk(path, () => true) : deviceOf(path, stats);
  },
  all() {
    return walk('/dev', (entry, depth) => depth > 0 || !OWN.has(entry.name));
  },
};

function walk(directory: string, keep: (entry: Dirent, depth: number) => boolean, depth = 0): HostDevice[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(directory, entry.name);
    if (!keep(entry, depth)) return [];
    if (entry.isDirectory()) return walk(path, keep, depth + 1);
    if (!entry.isBlockDevice() && !entry.isCharacterDevice()) return [];
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : deviceOf(path, stats);
  });
}

function deviceOf(path: string, stats: Stats): HostDevice[] {
  if (!stats.isBlockDevice() && !stats.isCharacterDevice()) return [];
  const type = stats.isBlockDevice() ? 'b' : 'c';
  return [{ path, type, ...deviceNumbers(stats.rdev), fileMode: stats.mode & 0o7777, uid: stats.uid, gid: stats.gid }];
}

/** glibc's layout of dev_t, whose upper half no real device uses: 12 bits of major between two parts of minor. */
export function deviceNumbers(device: number): { major: number; minor: number } {
  return { major: (device >>> 8) & 0xfff, minor: (device & 0xff) | ((device >>> 12) & 0xfff00) };
}
