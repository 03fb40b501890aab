const startWall = BigInt(Date.now()) * 1_000_000n;
const startMono = process.hrtime.bigint();

/** Nanoseconds since the epoch, never going back within a process and re-anchored when the wall clock was set. */
let offset = startWall - startMono;
export function nowNanos(): bigint {
  const mono = process.hrtime.bigint();
  const wall = BigInt(Date.now()) * 1_000_000n;
  const estimate = mono + offset;
  const drift = wall - estimate;
  if (drift > 1_000_000_000n || drift < -1_000_000_000n) {
    offset = wall - mono;
    return wall;
  }
  return estimate;
}

/** RFC 3339 in UTC with nine fractional digits, as the APIs print times. */
export function formatNanos(nanos: bigint): string {
  const seconds = nanos / 1_000_000_000n;
  const fraction = (nanos % 1_000_000_000n).toString().padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** Now, as {@link formatNanos}. */
export function timestamp(): string {
  return formatNanos(nowNanos());
}

/** What a timer takes at most, some 24 days; anything beyond it would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds a timer can be set to, whatever a client asks for. */
export function timerDelay(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), LONGEST_MS);
}
