import { nowNanos } from '@selkie/engine/clock';
import { parseTime } from '@selkie/engine/time';

interface Query {
  readonly since?: string;
  readonly until?: string;
}

/**
 * The stretch of time a client asks for events of, in nanoseconds since the epoch. An end alone means everything up to it.
 * @param follow false: what has not happened yet is not waited for
 * @throws SelkieError INVALID_PARAMETER
 */
export function eventRange({ since, until }: Query, follow: boolean): { since?: bigint; until?: bigint } {
  const now = nowNanos();
  const asked = until ? parseTime(until, now) : undefined;
  const end = follow ? asked : earlier(asked ?? now, now);
  const start = since ? parseTime(since, now) : end === undefined ? undefined : 0n;
  return { ...(start === undefined ? {} : { since: start }), ...(end === undefined ? {} : { until: end }) };
}

function earlier(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
