import type { Timestamp } from '@selkie/native/path';
import type { EntryType, TarEntry } from './entry.ts';
import { BLOCK } from './tar-header.ts';

const FLAGS: Readonly<Record<EntryType, string>> = {
  file: '0',
  link: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/** The mark every archive ends with. */
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK);

const ASCII = /^[\x20-\x7e]*$/;
const NAME_SIZE = 100;

/** What {@link TarEntry} says of a plain file or directory when nothing else is known. */
export const PLAIN: Omit<TarEntry, 'name'> = {
  linkName: '',
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: { seconds: 0, nanoseconds: 0 },
  major: 0,
  minor: 0,
  size: 0,
  xattrs: [],
};

/**
 * The header of one member in the POSIX format. What does not fit its fields (long names, large numbers, fractions of a second,
 * extended attributes) goes to a PAX header before it. Of a file `size` bytes of data and {@link padding} follow.
 */
export function encodeEntry(entry: TarEntry): Buffer {
  const records = paxRecords(entry);
  const block = header(entry, FLAGS[entry.type], entry.name, entry.type === 'file' ? entry.size : 0);
  if (records.length === 0) return block;
  const data = Buffer.concat(records.map(([key, value]) => paxRecord(key, value)));
  const name = `PaxHeaders/${entry.name.slice(-64).replace(/[^\x20-\x7e]/g, '_')}`;
  // Its own header must not need another one.
  const plain = { ...PLAIN, name, mtime: { seconds: Math.max(0, entry.mtime.seconds), nanoseconds: 0 } };
  return Buffer.concat([header(plain, 'x', name, data.length), data, padding(data.length), block]);
}

/** Zeros that fill the last block of so many bytes. */
export function padding(size: number): Buffer {
  return END_OF_ARCHIVE.subarray(0, (BLOCK - (size % BLOCK)) % BLOCK);
}

function paxRecords(entry: TarEntry): [string, string | Buffer][] {
  const { name, linkName, size, uid, gid, mtime, xattrs } = entry;
  const records: [string, string | Buffer][] = [];
  if (!fitsName(name)) records.push(['path', Buffer.from(name, 'latin1')]);
  if (!fitsName(linkName)) records.push(['linkpath', Buffer.from(linkName, 'latin1')]);
  if (!fits(size, 12)) records.push(['size', String(size)]);
  if (!fits(uid, 8)) records.push(['uid', String(uid)]);
  if (!fits(gid, 8)) records.push(['gid', String(gid)]);
  if (mtime.nanoseconds !== 0 || !fits(mtime.seconds, 12)) records.push(['mtime', paxTime(mtime)]);
  for (const [key, value] of xattrs) records.push([`SCHILY.xattr.${key}`, value]);
  return records;
}

function header(entry: TarEntry, flag: string, name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name.slice(0, NAME_SIZE), 0, 'latin1');
  octal(block, 100, 8, entry.mode);
  octal(block, 108, 8, fits(entry.uid, 8) ? entry.uid : 0);
  octal(block, 116, 8, fits(entry.gid, 8) ? entry.gid : 0);
  octal(block, 124, 12, fits(size, 12) ? size : 0);
  octal(block, 136, 12, fits(entry.mtime.seconds, 12) ? entry.mtime.seconds : 0);
  block.write(flag, 156, 'latin1');
  block.write(entry.linkName.slice(0, NAME_SIZE), 157, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  octal(block, 329, 8, entry.major);
  octal(block, 337, 8, entry.minor);
  let sum = 8 * 0x20;
  for (const byte of block) sum += byte;
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function octal(block: Buffer, at: number, length: number, value: number): void {
  block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
}

/** Whether a number fits an octal field, its closing NUL counted. */
function fits(value: number, length: number): boolean {
  return value >= 0 && value < 8 ** (length - 1);
}

function fitsName(name: string): boolean {
  return name.length <= NAME_SIZE && ASCII.test(name);
}

/** Decimal seconds; a time before the epoch counts its fraction the other way. */
function paxTime({ seconds, nanoseconds }: Timestamp): string {
  const total = BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);
  const size = total < 0n ? -total : total;
  const fraction = (size % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${total < 0n ? '-' : ''}${size / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `<length> <key>=<value>\n`, its length counting itself. */
function paxRecord(key: string, value: string | Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = body.length + 1;
  while (String(length).length + body.length !== length) length = String(length).length + body.length;
  return Buffer.concat([Buffer.from(String(length)), body]);
}
