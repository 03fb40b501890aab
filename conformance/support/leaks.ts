import { execFileSync } from 'node:child_process';
import { type Dirent, existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { instanceName } from '@selkie/engine/adapters/bridge/names';
import { nft } from '@selkie/native/nftables';
import { networkLeaks } from '../../packages/engine/test/support/leaks.ts';
import { killQuietly, processes } from './processes.ts';
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
  const isMine = ofService({ root, runroot });
  return [
    ...networkLeaks({ stateRoot: root, runRoot: runroot, closed: true }),
    ...processes().flatMap(({ pid, command }) => (isMine(command) ? [`process ${pid} ${command}`] : [])),
    ...cgroupsOf([...containerIds]).map((path) => `cgroup ${path}`),
  ];
}

/** Takes away what would stay on the machine after the test has failed for it, containers and all. */
export function sweepLeaks(suspect: Pick<Suspect, 'root' | 'runroot'>): void {
  const isMine = ofService(suspect);
  const instance = instanceName(suspect.root);
  const containers = join(suspect.root, 'containers');
  const ids = existsSync(containers) ? readdirSync(containers) : [];
  for (const { pid } of processes().filter(({ command, rootMount }) => isMine(command) || isMine(rootMount()))) {
    killQuietly(Number(pid));
  }
  for (const path of cgroupsOf(ids).reverse()) removeCgroup(path);
  // Innermost first.
  for (const path of mounts().filter(isMine).reverse()) execFileSync('umount', ['--lazy', path]);
  for (const name of readdirSync('/sys/class/net')) {
    if (aliasOf(name).startsWith(`selkie:${instance}:`)) execFileSync(program('ip'), ['link', 'delete', name]);
  }
  nft(`add table inet selkie-${instance}\ndelete table inet selkie-${instance}`);
}

function aliasOf(link: string): string {
  const path = `/sys/class/net/${link}/ifalias`;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function ofService({ root, runroot }: Pick<Suspect, 'root' | 'runroot'>): (text: string) => boolean {
  return (text) => text.includes(root) || text.includes(runroot);
}

function mounts(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
}

/** Control groups of containers, outermost first. */
export function cgroupsOf(containerIds: readonly string[]): string[] {
  if (containerIds.length === 0) return [];
  return subdirectories('/sys/fs/cgroup', 5).filter((path) => containerIds.some((id) => path.includes(id)));
}

function subdirectories(directory: string, depth: number): string[] {
  if (depth === 0) return [];
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [join(directory, name), ...subdirectories(join(directory, name), depth - 1)]);
}

/** None where it has gone since it was listed. */
function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Its processes have been killed and take a moment to be gone. */
function removeCgroup(path: string): void {
  for (let attempt = 0; existsSync(path) && attempt < 100; attempt++) {
    try {
      rmdirSync(path);
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
