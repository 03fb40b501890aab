import { UsageError } from '../failure.ts';

const EXPONENTS: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** Bytes of `512m`, `1.5GiB` or `-1`, in units of 1024. @throws UsageError */
export function parseBytes(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === '-1') return -1;
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([bkmgtp]?)(?:i?b)?$/i.exec(text) ?? [];
  if (number === undefined) {
    throw new UsageError(`invalid argument "${text}" for "${option}" flag: it is no size`, 'A size is like 512m or 2g');
  }
  return Math.floor(Number(number) * 1024 ** (EXPONENTS[unit.toLowerCase()] ?? 0));
}

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Nanoseconds of a duration like `1m30s` or `500ms`. @throws UsageError */
export function parseDuration(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === '0') return 0;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new UsageError(
      `invalid argument "${text}" for "${option}" flag: it is no duration`,
      'A duration is like 30s or 1m30s',
    );
  }
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (NANOSECONDS[unit] ?? 0), 0);
}
