import { randomUUID } from 'node:crypto';
import { timestamp } from '../clock.ts';
import { findInit } from '../containers/init-program.ts';
import type { ContainerRecord } from '../containers/record.ts';
import type { HostFacts } from '../containers/spec/host.ts';
import type { ContainerStore } from '../containers/store.ts';
import type { Cgroups } from '../ports/cgroups.ts';
import type { StateStore } from '../ports/state-store.ts';
import { describeHost, openFiles } from './host.ts';
import type { RegistriesFacts, RuntimeFacts, SystemInfo } from './info.ts';
import { Programs } from './programs.ts';
import { storageFacts } from './storage.ts';

export type { SystemInfo } from './info.ts';

export interface SystemOptions {
  readonly root: string;
  readonly runroot: string;
  readonly state: StateStore;
  readonly store: ContainerStore;
  readonly imageCount: () => number;
  readonly eventListeners: () => number;
  readonly cgroups: Cgroups;
  readonly host: HostFacts;
  readonly runtime: () => RuntimeFacts;
  readonly runtimes: () => readonly RuntimeFacts[];
  readonly monitorPath: string;
  /** Undefined where names of containers are not served. */
  readonly dnsPath: () => string | undefined;
  readonly registries: () => RegistriesFacts;
  readonly insecureRegistries: readonly string[];
}

/** The engine about itself. */
export class System {
  readonly #options: SystemOptions;
  readonly #programs = new Programs();

  constructor(options: SystemOptions) {
    this.#options = options;
  }

  /** @throws SelkieError HOST without an OCI runtime, or while registries.conf cannot be understood */
  async info(): Promise<SystemInfo> {
    const { root, runroot, store, cgroups, insecureRegistries } = this.#options;
    const runtime = this.#options.runtime();
    const init = findInit();
    const [storage, programs] = await Promise.all([storageFacts(root), this.#programsBeside(runtime)]);
    return {
      id: this.#id(),
      root,
      runroot,
      containers: count(store.all()),
      images: this.#options.imageCount(),
      host: describeHost(this.#options.host),
      cgroups: { version: cgroups.version, manager: cgroups.manager, features: cgroups.features },
      storage,
      runtime,
      runtimes: this.#options.runtimes(),
      programs,
      ...(init !== undefined && { init }),
      registries: this.#options.registries(),
      insecureRegistries,
      openFiles: openFiles(),
      eventListeners: this.#options.eventListeners(),
      time: timestamp(),
    };
  }

  async #programsBeside({ path }: RuntimeFacts): Promise<SystemInfo['programs']> {
    const { monitorPath } = this.#options;
    const dnsPath = this.#options.dnsPath();
    const [runtime, monitor, dns] = await Promise.all([
      this.#programs.facts(path),
      this.#programs.facts(monitorPath),
      dnsPath === undefined ? undefined : this.#programs.facts(dnsPath),
    ]);
    return { runtime, monitor, ...(dns && { dns }) };
  }

  #id(): string {
    const meta = this.#options.state.collection<string>('system');
    const known = meta.get('id');
    if (known !== undefined) return known;
    const id = randomUUID();
    meta.put('id', id);
    return id;
  }
}

function count(records: readonly ContainerRecord[]): SystemInfo['containers'] {
  const running = records.filter(({ state }) => state.status === 'running' || state.status === 'stopping').length;
  const paused = records.filter(({ state }) => state.status === 'paused').length;
  return { total: records.length, running, paused, stopped: records.length - running - paused };
}
