import type { Accounts } from './accounts.ts';
import { clockTime, commandLine, startTime, ttyName } from './format.ts';
import type { ProcessInfo } from './process.ts';
import type { ProcessTable } from './table.ts';

/** `ps -ef` of these processes, as the host sees them. */
export function fullFormat(
  processes: readonly ProcessInfo[],
  accounts: Accounts,
  boot: { readonly time: number; readonly uptime: number },
): ProcessTable {
  const now = new Date((boot.time + boot.uptime) * 1000);
  return {
    titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
    processes: processes.map((process) => [
      accounts.user(process.uids[1] ?? 0),
      String(process.pid),
      String(process.parent),
      String(Math.min(99, Math.floor((process.cpuSeconds * 100) / Math.max(1, boot.uptime - process.startSeconds)))),
      startTime(new Date((boot.time + process.startSeconds) * 1000), now),
      ttyName(process.tty),
      clockTime(process.cpuSeconds),
      commandLine(process),
    ]),
  };
}
