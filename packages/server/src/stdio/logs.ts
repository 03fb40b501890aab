import { SelkieError } from '@selkie/contract';
import type { LogEntry, LogOptions } from '@selkie/engine/containers/logs/entry';
import { entryTimeUtc } from '@selkie/engine/containers/logs/k8s-file';
import { parseTime } from '@selkie/engine/time';
import { frame } from '../http/multiplex.ts';

const NEWLINE = Buffer.from('\n');

interface LogQuery {
  readonly follow: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly tail?: string;
}

/** @throws SelkieError INVALID_PARAMETER */
export function logOptions(query: LogQuery): LogOptions {
  const [since, until] = [timeOf(query.since), timeOf(query.until)];
  return {
    stdout: query.stdout,
    stderr: query.stderr,
    follow: query.follow,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...tailOf(query.tail),
  };
}

/** No time at all: nothing, `0`, and the year 1, which is what Go's clients send for a time that was never set. */
function timeOf(text: string | undefined): bigint | undefined {
  if (text === undefined || text === '') return undefined;
  const time = parseTime(text);
  return time > 0n ? time : undefined;
}

/** `all`, nothing and a negative number mean every line. */
function tailOf(text: string | undefined): { tail?: number } {
  if (text === undefined || text === '' || text === 'all') return {};
  if (!/^-?\d+$/.test(text)) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid value for tail: ${text}` });
  const tail = Number(text);
  return tail < 0 ? {} : { tail };
}

export interface LogFormat {
  /** Each line in a frame of its stream; else as plain text. */
  readonly framed: boolean;
  readonly timestamps: boolean;
  readonly prefix?: string;
}

/** Log entries as clients read them, one buffer a batch. */
export async function* logBytes(batches: AsyncIterable<LogEntry[]>, format: LogFormat): AsyncGenerator<Buffer> {
  for await (const batch of batches) yield Buffer.concat(batch.map((entry) => lineOf(entry, format)));
}

function lineOf(entry: LogEntry, { framed, timestamps, prefix = '' }: LogFormat): Buffer {
  const head = `${timestamps ? `${entryTimeUtc(entry.time)} ` : ''}${prefix}`;
  const parts = [...(head ? [Buffer.from(head)] : []), entry.data, ...(entry.partial ? [] : [NEWLINE])];
  const line = Buffer.concat(parts);
  return framed ? frame(entry.stream, line) : line;
}
