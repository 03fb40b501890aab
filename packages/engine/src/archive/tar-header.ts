import { ArchiveError } from './errors.ts';

/** One 512-byte header block, its fields read but not yet interpreted. Names are byte strings. */
export interface TarHeader {
  /** The type flag's character; NUL is read as `0`. */
  readonly flag: string;
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly mtime: number;
  readonly major: number;
  readonly minor: number;
  /** The block, for the formats that keep more in it. */
  readonly block: Buffer;
}

export const BLOCK = 512;

/** Reads a header block, or undefined where it is all zeros. */
export function readHeader(block: Buffer): TarHeader | undefined {
  const sums = checksums(block);
  if (sums.unsigned === 8 * 32 && block.every((byte) => byte === 0)) return undefined;
  const wanted = readNumber(block, 148, 8);
  if (wanted !== sums.unsigned && wanted !== sums.signed) throw new ArchiveError('not a tar header: wrong checksum');
  const flag = block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0);
  // The ustar magic ends with NUL; GNU's `ustar  ` uses the prefix field for other things, and older formats have none.
  const posix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = posix ? readText(block, 345, 155) : '';
  const name = readText(block, 0, 100);
  return {
    flag,
    name: prefix === '' ? name : `${prefix}/${name}`,
    linkName: readText(block, 157, 100),
    mode: readNumber(block, 100, 8),
    uid: readNumber(block, 108, 8),
    gid: readNumber(block, 116, 8),
    size: readNumber(block, 124, 12),
    mtime: readNumber(block, 136, 12),
    // Only devices fill these; some writers leave noise elsewhere.
    major: flag === '3' || flag === '4' ? readNumber(block, 329, 8) : 0,
    minor: flag === '3' || flag === '4' ? readNumber(block, 337, 8) : 0,
    block,
  };
}

/** Historic tars summed signed characters. The checksum field itself counts as spaces. */
function checksums(block: Buffer): { unsigned: number; signed: number } {
  let unsigned = 0;
  let high = 0;
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 32 : (block[i] ?? 0);
    unsigned += byte;
    high += byte >> 7;
  }
  return { unsigned, signed: unsigned - 256 * high };
}

function readText(block: Buffer, start: number, length: number): string {
  const end = block.indexOf(0, start);
  return block.toString('latin1', start, end === -1 || end > start + length ? start + length : end);
}

/** An octal number, or one in base 256 where the first bit is set. */
export function readNumber(block: Buffer, start: number, length: number): number {
  if ((block[start] ?? 0) & 0x80) return readBinary(block, start, length);
  let value = 0;
  let digits = 0;
  for (let i = start; i < start + length; i++) {
    const byte = block[i] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + byte - 0x30;
      digits++;
    } else if (byte === 0 || byte === 0x20) {
      if (digits > 0) break;
    } else {
      throw new ArchiveError('a number in a tar header is not octal');
    }
  }
  return value;
}

function readBinary(block: Buffer, start: number, length: number): number {
  let value = BigInt((block[start] ?? 0) & 0x7f);
  for (let i = start + 1; i < start + length; i++) value = (value << 8n) | BigInt(block[i] ?? 0);
  // Two's complement of what is left without the marking bit.
  const bits = BigInt(length * 8 - 1);
  const signed = value >> (bits - 1n) === 0n ? value : value - (1n << bits);
  if (signed > Number.MAX_SAFE_INTEGER || signed < Number.MIN_SAFE_INTEGER) {
    throw new ArchiveError('a number in a tar header is out of range');
  }
  return Number(signed);
}
