import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceName } from '@selkie/engine/adapters/bridge/names';
import { program } from './programs.ts';

/** Whose traces to look for. */
export interface Suspect {
  readonly root: string;
  readonly runroot: string;
  /** Every container it had. */
  readonly containerIds: ReadonlySet<string>;
}

/** What a service that has removed all its containers and stopped has left on the host; empty where it kept clean. */
export function findLeaks({ root, runroot, containerIds }: Suspect): string[] {
  const instance = instanceName(root);
  const inside = (text: string) => text.includes(root) || text.includes(runroot);
  return [
    ...mounts()
      .filter(inside)
      .map((path) => `mount ${path}`),
    ...pins(join(runroot, 'netns')).map((path) => `network namespace ${path}`),
    ...links()
      .filter(({ alias }) => alias.includes(instance))
      .map(({ name, alias }) => `interface ${name} (${alias})`),
    ...tables()
      .filter((name) => name.includes(instance))
      .map((name) => `nftables table ${name}`),
    ...processes()
      .filter(({ command }) => inside(command))
      .map(({ pid, command }) => `process ${pid} ${command}`),
    ...cgroups('/sys/fs/cgroup', 5)
      .filter((path) => [...containerIds].some((id) => path.includes(id)))
      .map((path) => `cgroup ${path}`),
  ];
}

/** Takes away what would stay on the machine after the test has failed for it. */
export function sweepLeaks({ root, runroot }: Suspect): void {
  const inside = (text: string) => text.includes(root) || text.includes(runroot);
  for (const { pid } of processes().filter(({ command }) => inside(command))) process.kill(Number(pid), 'SIGKILL');
  // Innermost first.
  for (const path of mounts().filter(inside).reverse()) execFileSync('umount', ['--lazy', path]);
}

function mounts(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
}

function pins(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [];
}

function links(): { name: string; alias: string }[] {
  return readdirSync('/sys/class/net').flatMap((name) => {
    const alias = join('/sys/class/net', name, 'ifalias');
    return existsSync(alias) ? [{ name, alias: readFileSync(alias, 'utf8').trim() }] : [];
  });
}

function tables(): string[] {
  return execFileSync(program('nft'), ['list', 'tables'], { encoding: 'utf8' }).split('\n');
}

function processes(): { pid: string; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

function cgroups(directory: string, depth: number): string[] {
  if (depth === 0) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(directory, name), ...cgroups(join(directory, name), depth - 1)]);
}
