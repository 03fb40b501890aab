import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceName } from '@selkie/engine/adapters/bridge/names';
import { nft } from '@selkie/native/nftables';
import { networkLeaks } from '../../packages/engine/test/support/leaks.ts';

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
    ...cgroups('/sys/fs/cgroup', 5)
      .filter((path) => [...containerIds].some((id) => path.includes(id)))
      .map((path) => `cgroup ${path}`),
  ];
}

/** Takes away what would stay on the machine after the test has failed for it. */
export function sweepLeaks(suspect: Pick<Suspect, 'root' | 'runroot'>): void {
  const isMine = ofService(suspect);
  for (const { pid } of processes().filter(({ command }) => isMine(command))) process.kill(Number(pid), 'SIGKILL');
  // Innermost first.
  for (const path of mounts().filter(isMine).reverse()) execFileSync('umount', ['--lazy', path]);
  const table = `selkie-${instanceName(suspect.root)}`;
  nft(`add table inet ${table}\ndelete table inet ${table}`);
}

function ofService({ root, runroot }: Pick<Suspect, 'root' | 'runroot'>): (text: string) => boolean {
  return (text) => text.includes(root) || text.includes(runroot);
}

function mounts(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
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
