import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: string;
  readonly command: string;
  /** What is mounted on its `/`; a container's names the directories it is made of. */
  readonly rootMount: () => string;
}

/** Everything that runs on this machine. */
export function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({
      pid,
      command: readQuietly(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
      rootMount: () => readQuietly(`/proc/${pid}/mountinfo`).split('\n').find(isRoot) ?? '',
    }));
}

function isRoot(mount: string): boolean {
  return mount.split(' ')[4] === '/';
}

/** Empty where it has gone since it was listed. */
function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Kills a process that may have ended with another already. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
