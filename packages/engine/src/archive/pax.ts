import type { Timestamp } from '@selkie/native/path';
import { ArchiveError } from './errors.ts';

/** A record of a PAX extended header. The value stays bytes: an xattr's is binary. */
export type PaxRecord = readonly [key: string, value: Buffer];

/** Splits `<length> <key>=<value>\n` records. */
export function readPaxRecords(data: Buffer): PaxRecord[] {
  const records: PaxRecord[] = [];
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const digits = space === -1 ? '' : data.toString('latin1', at, space);
    const end = /^[0-9]{1,8}$/.test(digits) ? at + Number(digits) : Number.NaN;
    const equals = data.indexOf(0x3d, space);
    if (!(end <= data.length && space + 1 < equals && equals < end) || data[end - 1] !== 0x0a) {
      throw new ArchiveError('damaged PAX header');
    }
    const key = data.toString('utf8', space + 1, equals);
    if (key.includes('\0')) throw new ArchiveError('damaged PAX header');
    records.push([key, data.subarray(equals + 1, end - 1)]);
    at = end;
  }
  return records;
}

export function paxInteger(key: string, value: Buffer): number {
  const text = value.toString('latin1');
  const number = /^-?[0-9]{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new ArchiveError(`PAX ${key} is not a number`);
  return number;
}

/** Seconds with any number of decimals, cut to nanoseconds. */
export function paxTime(key: string, value: Buffer): Timestamp {
  const match = /^(-?)([0-9]{1,15})(?:\.([0-9]*))?$/.exec(value.toString('latin1'));
  if (match === null) throw new ArchiveError(`PAX ${key} is not a time`);
  const [, sign, whole = '', decimals = ''] = match;
  const seconds = Number(whole);
  const nanoseconds = Number(decimals.slice(0, 9).padEnd(9, '0'));
  if (sign !== '-') return { seconds, nanoseconds };
  return nanoseconds === 0
    ? { seconds: -seconds, nanoseconds: 0 }
    : { seconds: -seconds - 1, nanoseconds: 1_000_000_000 - nanoseconds };
}
