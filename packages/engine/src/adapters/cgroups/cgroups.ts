import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { CgroupFeatures, CgroupStats, Cgroups } from '../../ports/cgroups.ts';
import { detectFeatures } from './detect.ts';
import { readFlat } from './files.ts';
import { freeze, freezerOf } from './freezer.ts';
import { type Hierarchies, mountPoints, readHierarchies } from './hierarchies.ts';
import { directoryOf, type Manager, pathFor } from './location.ts';
import { statsV1 } from './stats-v1.ts';
import { statsV2 } from './stats-v2.ts';
import { processesIn, removeTree } from './tree.ts';

/** Version 1 has every process in each hierarchy; the first of these that is mounted is asked. */
const PROCESS_CONTROLLERS = ['freezer', 'pids', 'memory', 'cpu', 'name=systemd'];

/**
 * The host's control groups by their files. The runtime makes a container's groups (through systemd where that is the manager) and this
 * reads, freezes and finally removes them.
 */
export class HostCgroups implements Cgroups {
  readonly version: 1 | 2;
  readonly manager: Manager;
  readonly features: CgroupFeatures;
  readonly #hierarchies: Hierarchies;

  constructor(manager: Manager = defaultManager(), hierarchies: Hierarchies = readHierarchies()) {
    this.manager = manager;
    this.#hierarchies = hierarchies;
    this.version = hierarchies.version;
    this.features = detectFeatures(hierarchies);
  }

  pathFor(containerId: string, parent: string | undefined): string {
    return pathFor(this.manager, containerId, parent);
  }

  stats(cgroupsPath: string): CgroupStats {
    if (this.version === 2) return statsV2(this.#unified(cgroupsPath));
    return statsV1((controller) => this.#controller(controller, cgroupsPath));
  }

  processes(cgroupsPath: string): number[] {
    return processesIn(this.#main(cgroupsPath));
  }

  async freeze(cgroupsPath: string): Promise<void> {
    await freeze(this.#freezer(cgroupsPath));
  }

  async thaw(cgroupsPath: string): Promise<void> {
    this.#freezer(cgroupsPath).set(false);
  }

  oomKilled(cgroupsPath: string): boolean {
    const file =
      this.version === 2
        ? join(this.#unified(cgroupsPath), 'memory.events')
        : join(this.#controller('memory', cgroupsPath) ?? '/nonexistent', 'memory.oom_control');
    return (readFlat(file).oom_kill ?? 0) > 0;
  }

  async remove(cgroupsPath: string): Promise<void> {
    // Below `/` are all processes of the host.
    if (directoryOf(cgroupsPath) === '/')
      throw new SelkieError('INTERNAL', { reason: `no container's cgroup: ${cgroupsPath}` });
    const directories = mountPoints(this.#hierarchies).map((mount) => join(mount, directoryOf(cgroupsPath)));
    if (!directories.some((directory) => existsSync(directory))) return;
    // A frozen process does not die of its kill.
    if (existsSync(this.#freezerDirectory(cgroupsPath))) await this.thaw(cgroupsPath);
    await Promise.all(directories.map(removeTree));
  }

  #freezer(cgroupsPath: string): ReturnType<typeof freezerOf> {
    const directory = this.#freezerDirectory(cgroupsPath);
    if (!existsSync(directory)) {
      throw new SelkieError('HOST', { reason: `there is no cgroup ${cgroupsPath} that can be frozen` });
    }
    return freezerOf(this.version, directory);
  }

  #freezerDirectory(cgroupsPath: string): string {
    if (this.version === 2) return this.#unified(cgroupsPath);
    return this.#controller('freezer', cgroupsPath) ?? '/nonexistent';
  }

  #main(cgroupsPath: string): string {
    if (this.version === 2) return this.#unified(cgroupsPath);
    for (const controller of PROCESS_CONTROLLERS) {
      const directory = this.#controller(controller, cgroupsPath);
      if (directory !== undefined) return directory;
    }
    throw new SelkieError('HOST', { reason: 'no cgroup hierarchy that lists processes is mounted' });
  }

  #unified(cgroupsPath: string): string {
    return join(this.#hierarchies.unified ?? '/nonexistent', directoryOf(cgroupsPath));
  }

  #controller(controller: string, cgroupsPath: string): string | undefined {
    const mount = this.#hierarchies.controllers.get(controller);
    return mount === undefined ? undefined : join(mount, directoryOf(cgroupsPath));
  }
}

/** systemd manages the groups of a host it booted on version 2; elsewhere the files are ours. */
function defaultManager(): Manager {
  return existsSync('/run/systemd/system') && readHierarchies().version === 2 ? 'systemd' : 'cgroupfs';
}
