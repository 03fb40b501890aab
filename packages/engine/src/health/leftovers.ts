import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, signalProcess } from '../containers/process-identity.ts';

/** In a check's directory: pid and start time of its process. */
export const PROCESS_FILE = 'process';

const SIGKILL = 9;

/** Monitor directories of checks, one each. Outside the bundles, which are removed while a check may still be ending. */
export function checksDirectory({ runroot }: { readonly runroot: string }): string {
  return join(runroot, 'health');
}

/** Ends checks a service that was killed has left running: nobody would see to their timeout. */
export function endLeftovers(of: { readonly runroot: string }): void {
  const root = checksDirectory(of);
  for (const check of list(root)) {
    const [pid = 0, start = 0] = read(join(root, check, PROCESS_FILE))
      .split(' ')
      .map(Number);
    killCheck(pid, start);
  }
  rmSync(root, { recursive: true, force: true });
}

/** With what it has started: the runtime makes each process it runs the leader of a group. */
export function killCheck(pid: number, start: number): void {
  if (!isAlive(pid, start)) return;
  try {
    process.kill(-pid, SIGKILL);
  } catch {
    signalProcess(pid, start, SIGKILL);
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
