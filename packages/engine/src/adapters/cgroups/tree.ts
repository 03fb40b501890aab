import { readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isGone, readText } from './files.ts';

const SIGKILL = 9;
/** 1, 2, 4 … ms: a killed process leaves its group a moment after it was killed. */
const ATTEMPTS = 11;

/** The group and every one below it, parents first. */
export function groups(directory: string): string[] {
  try {
    return [
      directory,
      ...readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap((entry) => groups(join(directory, entry.name))),
    ];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Host pids of every process in the group and below. */
export function processesIn(directory: string): number[] {
  const pids = groups(directory).flatMap((group) =>
    readText(join(group, 'cgroup.procs')).split('\n').filter(Boolean).map(Number),
  );
  // Zero stands for a process of a pid namespace that cannot be seen from here.
  return [...new Set(pids)].filter((pid) => pid > 0);
}

/** Kills what is left in a group and removes it with all below. Of nothing: a success. */
export async function removeTree(directory: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      for (const group of groups(directory).reverse()) remove(group);
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (attempt === ATTEMPTS || (code !== 'EBUSY' && code !== 'ENOTEMPTY')) throw error;
      killAll(directory);
      await sleep(2 ** attempt);
    }
  }
}

function remove(group: string): void {
  try {
    rmdirSync(group);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

function killAll(directory: string): void {
  try {
    // Version 2 does it at once, so that nothing forks away.
    writeFileSync(join(directory, 'cgroup.kill'), '1', { flag: 'r+' });
    return;
  } catch {
    // Not there on version 1 and before Linux 5.14.
  }
  for (const pid of processesIn(directory)) {
    try {
      process.kill(pid, SIGKILL);
    } catch {
      // It went by itself.
    }
  }
}
