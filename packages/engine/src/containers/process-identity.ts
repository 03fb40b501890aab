import { readFileSync } from 'node:fs';

/** Start time of a process in clock ticks since boot: with the pid it names one process for ever. 0 where there is none. */
export function processStart(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name, in parentheses, may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 0 : Number(fields[19]);
  } catch {
    return 0;
  }
}

/** True while the very process that was recorded still runs. */
export function isAlive(pid: number, start: number): boolean {
  return pid > 0 && start > 0 && processStart(pid) === start;
}

/** Sends a signal unless the pid is another process's by now; false where nothing was there to take it. */
export function signalProcess(pid: number, start: number, signal: number): boolean {
  if (!isAlive(pid, start)) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
