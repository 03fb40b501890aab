import { UsageError } from '../failure.ts';

export interface Streams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** Which streams to attach: those named by --attach, otherwise the output, and the input where it is kept open. */
export function attachedStreams(named: readonly string[], interactive: boolean): Streams {
  const names = named.map((name) => name.toLowerCase());
  const bad = names.find((name) => !['stdin', 'stdout', 'stderr'].includes(name));
  if (bad !== undefined) throw new UsageError(`invalid stream: ${bad}`, 'It is stdin, stdout or stderr');
  if (names.length === 0) return { stdin: interactive, stdout: true, stderr: true };
  return { stdin: names.includes('stdin'), stdout: names.includes('stdout'), stderr: names.includes('stderr') };
}
