import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { arch, cpus, freemem, hostname, totalmem, uptime } from 'node:os';
import { promisify } from 'node:util';
import type { ContainerRecord } from '../containers/record.ts';
import type { HostFacts } from '../containers/spec/host.ts';
import type { ContainerStore } from '../containers/store.ts';
import type { Cgroups } from '../ports/cgroups.ts';
import type { StateStore } from '../ports/state-store.ts';

export interface RuntimeFacts {
  readonly name: string;
  readonly path: string;
  readonly version: string;
}

/** What this engine and its host are, in no dialect's words. Sizes in bytes, times in seconds. */
export interface SystemInfo {
  /** Stable for a state root. */
  readonly id: string;
  readonly root: string;
  readonly runroot: string;
  readonly containers: {
    readonly total: number;
    readonly running: number;
    readonly paused: number;
    readonly stopped: number;
  };
  readonly images: number;
  readonly host: {
    readonly name: string;
    readonly kernel: string;
    readonly architecture: string;
    readonly os: string;
    readonly osId: string;
    readonly osVersion: string;
    readonly processors: number;
    readonly memoryTotal: number;
    readonly memoryFree: number;
    readonly swapTotal: number;
    readonly swapFree: number;
    readonly uptime: number;
    readonly seccomp: boolean;
    readonly apparmor: boolean;
    readonly selinux: boolean;
    readonly capabilities: readonly string[];
  };
  readonly cgroups: Pick<Cgroups, 'version' | 'manager' | 'features'>;
  readonly runtime: RuntimeFacts;
  readonly monitor: { readonly path: string; readonly version: string };
}

export interface SystemOptions {
  readonly root: string;
  readonly runroot: string;
  readonly state: StateStore;
  readonly store: ContainerStore;
  readonly imageCount: () => number;
  readonly cgroups: Cgroups;
  readonly host: HostFacts;
  readonly runtime: () => RuntimeFacts;
  readonly monitorPath: string;
}

/** The engine about itself. */
export class System {
  readonly #options: SystemOptions;
  #monitorVersion: Promise<string> | undefined;

  constructor(options: SystemOptions) {
    this.#options = options;
  }

  async info(): Promise<SystemInfo> {
    const { root, runroot, store, imageCount, cgroups, host, runtime, monitorPath } = this.#options;
    const release = osRelease();
    const swap = meminfo();
    return {
      id: this.#id(),
      root,
      runroot,
      containers: count(store.all()),
      images: imageCount(),
      host: {
        name: hostname(),
        kernel: host.kernel,
        architecture: arch() === 'x64' ? 'x86_64' : arch() === 'arm64' ? 'aarch64' : arch(),
        os: release.PRETTY_NAME ?? 'Linux',
        osId: release.ID ?? 'linux',
        osVersion: release.VERSION_ID ?? '',
        processors: cpus().length,
        memoryTotal: totalmem(),
        memoryFree: freemem(),
        swapTotal: swap('SwapTotal'),
        swapFree: swap('SwapFree'),
        uptime: uptime(),
        seccomp: host.seccomp,
        apparmor: host.apparmor,
        selinux: host.selinux,
        capabilities: host.capabilities,
      },
      cgroups: { version: cgroups.version, manager: cgroups.manager, features: cgroups.features },
      runtime: runtime(),
      monitor: { path: monitorPath, version: await this.#versionOfMonitor() },
    };
  }

  #id(): string {
    const meta = this.#options.state.collection<string>('system');
    const known = meta.get('id');
    if (known !== undefined) return known;
    const id = randomUUID();
    meta.put('id', id);
    return id;
  }

  #versionOfMonitor(): Promise<string> {
    this.#monitorVersion ??= promisify(execFile)(this.#options.monitorPath, ['--version']).then(
      ({ stdout }) => /version (\S+)/.exec(stdout)?.[1] ?? '',
      () => '',
    );
    return this.#monitorVersion;
  }
}

function count(records: readonly ContainerRecord[]): SystemInfo['containers'] {
  const running = records.filter(({ state }) => state.status === 'running' || state.status === 'stopping').length;
  const paused = records.filter(({ state }) => state.status === 'paused').length;
  return { total: records.length, running, paused, stopped: records.length - running - paused };
}

function osRelease(): Readonly<Record<string, string>> {
  const text = readOr('/etc/os-release');
  const entries = text.split('\n').flatMap((line) => {
    const match = /^(\w+)=(?:"(.*)"|(.*))$/.exec(line);
    return match ? [[match[1] ?? '', match[2] ?? match[3] ?? ''] as const] : [];
  });
  return Object.fromEntries(entries);
}

function meminfo(): (key: string) => number {
  const text = readOr('/proc/meminfo');
  return (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
