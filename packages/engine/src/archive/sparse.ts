import { ArchiveError } from './errors.ts';
import { type PaxRecord, paxInteger } from './pax.ts';
import { readNumber, type TarHeader } from './tar-header.ts';

/** The parts of a sparse file that hold data, in the order the archive stores them. */
export interface SparseMap {
  /** Size with its holes. */
  readonly size: number;
  readonly fragments: readonly Fragment[];
}

interface Fragment {
  readonly offset: number;
  readonly length: number;
}

/** Ascending, without overlap, within the file, and as long as the data stored. */
export function checkSparse(map: SparseMap, stored: number): SparseMap {
  let end = 0;
  let total = 0;
  for (const { offset, length } of map.fragments) {
    if (length < 0 || offset < end) throw new ArchiveError('a sparse file has overlapping parts');
    end = offset + length;
    total += length;
  }
  if (!(end <= map.size) || total !== stored || !Number.isSafeInteger(map.size)) {
    throw new ArchiveError('a sparse file has a wrong map');
  }
  return map;
}

/** GNU tar's own format: four parts in the header block, 21 in each block that follows. */
export class GnuSparseReader {
  readonly #fragments: Fragment[] = [];
  readonly #size: number;
  /** Whether another map block follows. */
  more: boolean;

  constructor({ block }: TarHeader) {
    this.#size = readNumber(block, 483, 12);
    this.more = block[482] !== 0;
    this.#read(block, 386, 4);
  }

  block(block: Buffer): void {
    this.more = block[504] !== 0;
    this.#read(block, 0, 21);
  }

  #read(block: Buffer, start: number, count: number): void {
    for (let at = start; at < start + count * 24; at += 24) {
      const [offset, length] = [readNumber(block, at, 12), readNumber(block, at + 12, 12)];
      if (length !== 0) this.#fragments.push({ offset, length });
    }
  }

  map(): SparseMap {
    return { size: this.#size, fragments: this.#fragments };
  }
}

/** PAX formats 0.0 (a pair of records a part) and 0.1 (one record), whose map is all in the extended header. */
export function paxSparseMap(records: readonly PaxRecord[]): SparseMap | undefined {
  const numbers: number[] = [];
  let size: number | undefined;
  for (const [key, value] of records) {
    if (key === 'GNU.sparse.size') size = paxInteger(key, value);
    else if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') numbers.push(paxInteger(key, value));
    else if (key === 'GNU.sparse.map') {
      for (const text of value.toString('latin1').split(',')) numbers.push(paxInteger(key, Buffer.from(text)));
    }
  }
  return size === undefined ? undefined : { size, fragments: pairs(numbers) };
}

/** PAX format 1.0: decimal lines (count, then offset and length of each part) before the data, padded to a block. */
export class LeadingMapReader {
  readonly #numbers: number[] = [];
  #rest = '';

  /** Takes the next block of the file's data; true once the map is complete. */
  block(block: Buffer): boolean {
    const lines = (this.#rest + block.toString('latin1')).split('\n');
    // What follows the last newline is not finished yet, or padding.
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      this.#numbers.push(paxInteger('sparse map', Buffer.from(line, 'latin1')));
      if (this.#numbers.length === 1 + 2 * (this.#numbers[0] ?? 0)) return true;
    }
    return false;
  }

  fragments(): Fragment[] {
    return pairs(this.#numbers.slice(1));
  }
}

function pairs(numbers: readonly number[]): Fragment[] {
  if (numbers.length % 2 !== 0) throw new ArchiveError('a sparse file has half a part');
  const fragments: Fragment[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    const [offset = 0, length = 0] = [numbers[i], numbers[i + 1]];
    if (length !== 0) fragments.push({ offset, length });
  }
  return fragments;
}
