import { formatDuration } from '../../time.ts';
import { CAPABILITIES, capabilitiesOfMask } from '../spec/capabilities.ts';
import type { Accounts } from './accounts.ts';
import { commandLine, ttyName } from './format.ts';
import type { IdMap } from './id-map.ts';
import type { CapabilitySet, ProcessInfo } from './process.ts';
import type { ProcessTable } from './table.ts';

/** Where processes are looked at from: inside the container, and the host. */
export interface Viewpoint {
  /** Which of a process's pids is the container's. */
  readonly depth: number;
  readonly uidMap: IdMap;
  readonly gidMap: IdMap;
  readonly inside: Accounts;
  readonly outside: Accounts;
  readonly boot: { readonly time: number; readonly uptime: number };
  /** The container's processes by host pid. */
  readonly byPid: ReadonlyMap<number, ProcessInfo>;
}

type Value = (process: ProcessInfo, view: Viewpoint) => string;

const SECCOMP = ['disabled', 'strict', 'filter'];
const ALL_CAPABILITIES = (1n << BigInt(CAPABILITIES.length)) - 1n;

const DESCRIPTORS: ReadonlyMap<string, readonly [title: string, value: Value]> = new Map<
  string,
  readonly [string, Value]
>([
  ['args', ['COMMAND', commandLine]],
  ['capamb', ['AMBIENT CAPS', capabilities('ambient')]],
  ['capbnd', ['BOUNDING CAPS', capabilities('bounding')]],
  ['capeff', ['EFFECTIVE CAPS', capabilities('effective')]],
  ['capinh', ['INHERITED CAPS', capabilities('inherited')]],
  ['capprm', ['PERMITTED CAPS', capabilities('permitted')]],
  ['comm', ['COMMAND', ({ command }) => command]],
  ['etime', ['ELAPSED', (process, view) => formatDuration(nanos(elapsed(process, view)))]],
  ['gid', ['GID', ({ gids }, view) => String(view.gidMap(gids[1] ?? 0))]],
  ['group', ['GROUP', ({ gids }, view) => view.inside.group(view.gidMap(gids[1] ?? 0))]],
  [
    'groups',
    [
      'GROUPS',
      (process, view) => process.supplementaryGids.map((gid) => view.inside.group(view.gidMap(gid))).join(','),
    ],
  ],
  ['hgroup', ['HGROUP', ({ gids }, view) => view.outside.group(gids[1] ?? 0)]],
  ['hpid', ['HPID', ({ pid }) => String(pid)]],
  ['huser', ['HUSER', ({ uids }, view) => view.outside.user(uids[1] ?? 0)]],
  ['label', ['LABEL', ({ label }) => label || '?']],
  ['nice', ['NI', ({ nice }) => String(nice)]],
  [
    'pcpu',
    ['%CPU', (process, view) => ((process.cpuSeconds * 100) / Math.max(0.01, elapsed(process, view))).toFixed(3)],
  ],
  ['pgid', ['PGID', ({ groupIds }, { depth }) => String(groupIds[depth] ?? 0)]],
  ['pid', ['PID', ({ pids }, { depth }) => String(pids[depth] ?? 0)]],
  ['ppid', ['PPID', ({ parent }, { byPid, depth }) => String(byPid.get(parent)?.pids[depth] ?? 0)]],
  ['rgroup', ['RGROUP', ({ gids }, view) => view.inside.group(view.gidMap(gids[0] ?? 0))]],
  ['rss', ['RSS', ({ residentSize }) => String(residentSize)]],
  ['ruser', ['RUSER', ({ uids }, view) => view.inside.user(view.uidMap(uids[0] ?? 0))]],
  ['seccomp', ['SECCOMP', ({ seccomp }) => SECCOMP[seccomp] ?? '?']],
  ['state', ['STATE', ({ state }) => state]],
  ['stime', ['STIME', ({ startSeconds }, { boot }) => utc(boot.time + startSeconds)]],
  ['time', ['TIME', ({ cpuSeconds }) => formatDuration(nanos(Math.floor(cpuSeconds)))]],
  ['tty', ['TTY', ({ tty }) => ttyName(tty)]],
  ['uid', ['UID', ({ uids }, view) => String(view.uidMap(uids[1] ?? 0))]],
  ['user', ['USER', ({ uids }, view) => view.inside.user(view.uidMap(uids[1] ?? 0))]],
  ['vsz', ['VSZ', ({ virtualSize }) => String(virtualSize)]],
]);

export const DEFAULT_DESCRIPTORS = ['user', 'pid', 'ppid', 'pcpu', 'etime', 'tty', 'time', 'args'];

export function isDescriptor(name: string): boolean {
  return DESCRIPTORS.has(name);
}

/** The columns asked for. Names that are no descriptor have none. */
export function describe(processes: readonly ProcessInfo[], names: readonly string[], view: Viewpoint): ProcessTable {
  const columns = names.flatMap((name) => [DESCRIPTORS.get(name)].filter((column) => column !== undefined));
  return {
    titles: columns.map(([title]) => title),
    processes: processes.map((process) => columns.map(([, value]) => value(process, view))),
  };
}

function capabilities(set: CapabilitySet): Value {
  return (process) => {
    const mask = process.capabilities[set];
    if (mask === 0n) return 'none';
    if ((mask & ALL_CAPABILITIES) === ALL_CAPABILITIES) return 'full';
    return capabilitiesOfMask(mask.toString(16))
      .map((name) => name.replace('CAP_', ''))
      .sort()
      .join(',');
  };
}

function elapsed(process: ProcessInfo, { boot }: Viewpoint): number {
  return Math.max(0, boot.uptime - process.startSeconds);
}

function nanos(seconds: number): bigint {
  return BigInt(Math.round(seconds * 1e9));
}

function utc(seconds: number): string {
  return `${new Date(Math.floor(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}
