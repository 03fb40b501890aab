import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** USER_HZ: what /proc counts in, on every architecture we run on. */
const TICKS = 100;

/** What the kernel tells of one process. IDs of processes and users are the host's. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly args: readonly string[];
  /** One letter. */
  readonly state: string;
  readonly tty: number;
  readonly nice: number;
  /** Seconds of processor time. */
  readonly cpuSeconds: number;
  /** Seconds since boot. */
  readonly startSeconds: number;
  /** Process and process group IDs in each pid namespace it is in, from ours inwards. */
  readonly pids: readonly number[];
  readonly groupIds: readonly number[];
  /** Real, effective, saved, filesystem. */
  readonly uids: readonly number[];
  readonly gids: readonly number[];
  readonly supplementaryGids: readonly number[];
  /** KiB. */
  readonly virtualSize: number;
  readonly residentSize: number;
  readonly capabilities: Readonly<Record<CapabilitySet, bigint>>;
  readonly seccomp: number;
  /** Of the security module; empty where there is none. */
  readonly label: string;
}

export type CapabilitySet = 'inherited' | 'permitted' | 'effective' | 'bounding' | 'ambient';

/** Undefined where there is no such process, or no longer. */
export function readProcess(pid: number, proc = '/proc'): ProcessInfo | undefined {
  const file = (name: string) => readFileSync(join(proc, String(pid), name), 'utf8');
  try {
    const stat = file('stat');
    // The command, in parentheses, may hold spaces and parentheses itself.
    const nameEnd = stat.lastIndexOf(')');
    const [state = '', parent, , , tty, , , , , , , utime, stime, , , , nice, , , start] = stat
      .slice(nameEnd + 2)
      .split(' ');
    const status = parseStatus(file('status'));
    const numbers = (key: string) => (status.get(key) ?? '').split(/\s+/).filter(Boolean).map(Number);
    const mask = (key: string) => BigInt(`0x${status.get(key) ?? '0'}`);
    return {
      pid,
      parent: Number(parent),
      command: stat.slice(stat.indexOf('(') + 1, nameEnd),
      args: file('cmdline').split('\0').slice(0, -1),
      state,
      tty: Number(tty),
      nice: Number(nice),
      cpuSeconds: (Number(utime) + Number(stime)) / TICKS,
      startSeconds: Number(start) / TICKS,
      pids: numbers('NSpid'),
      groupIds: numbers('NSpgid'),
      uids: numbers('Uid'),
      gids: numbers('Gid'),
      supplementaryGids: numbers('Groups'),
      virtualSize: Number.parseInt(status.get('VmSize') ?? '0', 10),
      residentSize: Number.parseInt(status.get('VmRSS') ?? '0', 10),
      capabilities: {
        inherited: mask('CapInh'),
        permitted: mask('CapPrm'),
        effective: mask('CapEff'),
        bounding: mask('CapBnd'),
        ambient: mask('CapAmb'),
      },
      seccomp: Number(status.get('Seccomp') ?? 0),
      label: readLabel(file),
    };
  } catch (error) {
    if (hasGone(error)) return undefined;
    throw error;
  }
}

function parseStatus(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').map((line) => {
      const [key = '', value = ''] = line.split(/:(.*)/s);
      return [key, value.trim()];
    }),
  );
}

/** Without a security module the file is there and cannot be read. */
function readLabel(file: (name: string) => string): string {
  try {
    return file('attr/current').replace(/[\0\n]+$/, '');
  } catch {
    return '';
  }
}

/** ESRCH comes of a file opened before the process went. */
function hasGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
}

/** When the host booted, seconds since the epoch, and how long ago that is. */
export function readBoot(proc = '/proc'): { readonly time: number; readonly uptime: number } {
  const btime = /^btime (\d+)$/m.exec(readFileSync(join(proc, 'stat'), 'utf8'))?.[1];
  return { time: Number(btime), uptime: Number.parseFloat(readFileSync(join(proc, 'uptime'), 'utf8')) };
}
