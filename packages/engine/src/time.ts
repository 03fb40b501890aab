import { SelkieError } from '@selkie/contract';
import { nowNanos } from './clock.ts';

const NANOS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const SECOND = 1_000_000_000n;
const TERM = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;
const SECONDS = /^(\d{1,12})(?:\.(\d{1,9})\d*)?$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads a point in time as clients of both APIs write it: RFC 3339 with any of its tail left off (in the service's zone where it names none),
 * seconds since the epoch with a fraction, or a Go duration before now (`1h30m`; negative: after).
 * @returns nanoseconds since the epoch
 * @throws SelkieError INVALID_PARAMETER
 */
export function parseTime(text: string, now: bigint = nowNanos()): bigint {
  const seconds = SECONDS.exec(text);
  if (seconds) return BigInt(seconds[1] ?? 0) * SECOND + fractionNanos(seconds[2]);
  const duration = parseDuration(text);
  if (duration !== undefined) return now - duration;
  const parts = DATE_TIME.exec(text);
  const [, date, hour = '00', minute = '00', second = '00', fraction, zone = ''] = parts ?? [];
  const millis = Date.parse(`${date}T${hour}:${minute}:${second}${zone}`);
  if (!parts || Number.isNaN(millis)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `failed to parse value as time or duration: ${JSON.stringify(text)}`,
    });
  }
  return BigInt(millis) * 1_000_000n + fractionNanos(fraction);
}

/** Reads a Go duration, `-1.5h`, `300ms`, `0`, as nanoseconds; undefined where the text is none. */
export function parseDuration(text: string): bigint | undefined {
  const [, sign, terms = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (terms === '0') return 0n;
  let total = 0n;
  let at = 0;
  while (at < terms.length) {
    TERM.lastIndex = at;
    const [term, amount = '', unit = ''] = TERM.exec(terms) ?? [];
    if (term === undefined) return undefined;
    const [whole = '', fraction = ''] = amount.split('.');
    const scale = NANOS[unit] ?? 1n;
    total += BigInt(whole) * scale + (BigInt(fraction) * scale) / 10n ** BigInt(fraction.length);
    at += term.length;
  }
  if (at === 0) return undefined;
  return sign === '-' ? -total : total;
}

/** A duration as Go prints it: `1h2m3.5s`, `1.5ms`, `0s`. */
export function formatDuration(nanos: bigint): string {
  if (nanos < 0n) return `-${formatDuration(-nanos)}`;
  if (nanos === 0n) return '0s';
  for (const unit of ['ns', 'µs', 'ms'] as const) {
    const scale = NANOS[unit] ?? 1n;
    if (nanos < scale * 1000n) return `${decimal(nanos, scale)}${unit}`;
  }
  const minutes = nanos / 60n / SECOND;
  const seconds = `${decimal(nanos % (60n * SECOND), SECOND)}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, scale: bigint): string {
  const fraction = (value % scale)
    .toString()
    .padStart(scale.toString().length - 1, '0')
    .replace(/0+$/, '');
  return `${value / scale}${fraction && `.${fraction}`}`;
}

function fractionNanos(digits = ''): bigint {
  return BigInt(digits.padEnd(9, '0'));
}
