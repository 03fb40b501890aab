import type { LogEntry } from './entry.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const PARTIAL = 0x50;

/** Splits a k8s-file log (`time stream F|P text`) into entries; what follows the last newline is left for the next call. */
export function parseEntries(chunk: Buffer): { entries: LogEntry[]; consumed: number } {
  const entries: LogEntry[] = [];
  let start = 0;
  for (;;) {
    const end = chunk.indexOf(NEWLINE, start);
    if (end < 0) return { entries, consumed: start };
    const entry = parseLine(chunk, start, end);
    if (entry !== undefined) entries.push(entry);
    start = end + 1;
  }
}

function parseLine(chunk: Buffer, start: number, end: number): LogEntry | undefined {
  const afterTime = chunk.indexOf(SPACE, start);
  const afterStream = chunk.indexOf(SPACE, afterTime + 1);
  if (afterTime < 0 || afterStream < 0 || afterStream + 2 > end) return undefined;
  return {
    time: chunk.toString('latin1', start, afterTime),
    stream: chunk[afterTime + 4] === 0x65 ? 'stderr' : 'stdout', // the 4th letter: stdErr, stdOut
    partial: chunk[afterStream + 1] === PARTIAL,
    data: chunk.subarray(Math.min(afterStream + 3, end), end),
  };
}

/** Nanoseconds since the epoch of an entry's time. */
export function entryNanos(time: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(time);
  if (!match) return 0n;
  const [, seconds, fraction = '', zone] = match;
  return BigInt(Date.parse(`${seconds}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** The entry's time in UTC, as the APIs print it. */
export function entryTimeUtc(time: string): string {
  if (time.endsWith('+00:00')) return `${time.slice(0, -6)}Z`;
  const fraction = /\.\d+/.exec(time)?.[0] ?? '';
  const at = Date.parse(time);
  return Number.isNaN(at) ? time : `${new Date(at).toISOString().slice(0, 19)}${fraction}Z`;
}
