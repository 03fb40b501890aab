import { execFile } from 'node:child_process';
import { SelkieError } from '@selkie/contract';
import type { ProcessTable } from './table.ts';

const OUTPUT_LIMIT = 16 * 1024 * 1024;

/**
 * The host's `ps` with a client's arguments, and of its lines those of the given processes.
 * @throws SelkieError INVALID_PARAMETER where ps refuses the arguments or prints no PID column, HOST where there is no ps
 */
export async function hostPs(
  args: readonly string[],
  pids: ReadonlySet<number>,
  signal: AbortSignal,
): Promise<ProcessTable> {
  args.forEach(refuseRenaming);
  return selectProcesses(await run(args, signal), pids);
}

/** Another column under the name PID would let any process through. */
function refuseRenaming(argument: string): void {
  const [, column, title] = /([^,=]*)=(.*\bPID\b.*)/s.exec(argument) ?? [];
  if (column !== undefined && column !== 'pid') {
    throw new SelkieError('INVALID_PARAMETER', { reason: `specifying "${column}=${title}" is not allowed` });
  }
}

function run(args: readonly string[], signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Without a terminal's width to fit into, no command line is cut off.
  const env = { PATH: process.env.PATH, LC_ALL: 'C', COLUMNS: '10000' };
  execFile('ps', args, { env, signal, maxBuffer: OUTPUT_LIMIT }, (error, stdout, stderr) => {
    if (error === null) resolve(stdout);
    else if (signal.aborted) reject(signal.reason);
    else if (error.code === 'ENOENT') {
      reject(new SelkieError('HOST', { reason: 'ps: executable file not found in $PATH' }, { cause: error }));
    } else {
      const [said = ''] = stderr.trim().split('\n');
      reject(new SelkieError('INVALID_PARAMETER', { reason: `ps: ${said || error.message}` }, { cause: error }));
    }
  });
  return promise;
}

/** The last column takes what is left of the line. @throws SelkieError INVALID_PARAMETER */
export function selectProcesses(output: string, pids: ReadonlySet<number>): ProcessTable {
  const [titles = [], ...rows] = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/));
  const pidColumn = titles.indexOf('PID');
  if (pidColumn < 0) throw new SelkieError('INVALID_PARAMETER', { reason: "Couldn't find PID field in ps output" });
  const last = titles.length - 1;
  let chosen = false;
  const processes = rows.flatMap((fields) => {
    const pid = fields[pidColumn] ?? '';
    // A thread's line has a dash and follows its process's.
    chosen = pid === '-' ? chosen : pids.has(Number(pid));
    return chosen ? [[...fields.slice(0, last), fields.slice(last).join(' ')]] : [];
  });
  return { titles, processes };
}
