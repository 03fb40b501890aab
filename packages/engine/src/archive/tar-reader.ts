import type { TarEntry } from './entry.ts';
import { ArchiveError } from './errors.ts';
import { type PaxRecord, readPaxRecords } from './pax.ts';
import { checkSparse, GnuSparseReader, LeadingMapReader, paxSparseMap, type SparseMap } from './sparse.ts';
import { type DecodedEntry, decodeEntry, type Overrides } from './tar-entry.ts';
import { BLOCK, readHeader, type TarHeader } from './tar-header.ts';

/** Receives an archive's members one after the other. */
export interface TarSink {
  begin(entry: TarEntry): void;
  /** A piece of a file's data and where in the file it belongs. */
  data(chunk: Buffer, position: number): void;
  finish(): void;
}

/** Bounds what a name or a PAX header may make us hold in memory. */
const MAX_META = 1024 * 1024;

type State = 'header' | 'meta' | 'gnu-map' | 'leading-map' | 'data' | 'end';

/**
 * A synchronous tar parser: bytes in, calls out. Our own because names, and PAX values such as `security.capability`, are bytes
 * that the usual library decodes as text, and because GNU's sparse files and pre-POSIX headers occur in real layers.
 */
export class TarReader {
  readonly #sink: TarSink;
  readonly #block = Buffer.alloc(BLOCK);
  #filled = 0;
  #state: State = 'header';
  #zeroBlock = false;
  /** Bytes of the current member's data, and of its padding, still to come. */
  #remaining = 0;
  #padding = 0;
  #overrides: Overrides = {};
  #meta: { flag: string; pieces: Buffer[] } = { flag: '', pieces: [] };
  #header: TarHeader | undefined;
  #gnuMap: GnuSparseReader | undefined;
  #leading: { decoded: DecodedEntry; size: number; map: LeadingMapReader } | undefined;
  #sparse: SparseMap | undefined;
  #fragment = 0;
  #position = 0;

  constructor(sink: TarSink) {
    this.#sink = sink;
  }

  /** The chunk is the caller's again when this returns: what is kept of it is copied. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#state !== 'end') {
      if (this.#remaining > 0 && (this.#state === 'data' || this.#state === 'meta')) {
        const piece = chunk.subarray(at, at + this.#remaining);
        at += piece.length;
        this.#remaining -= piece.length;
        if (this.#state === 'data') this.#data(piece);
        else this.#meta.pieces.push(Buffer.from(piece));
        if (this.#remaining === 0) this.#memberDone();
      } else if (this.#remaining === 0 && this.#padding > 0) {
        const skipped = Math.min(this.#padding, chunk.length - at);
        this.#padding -= skipped;
        at += skipped;
      } else if (this.#filled === 0 && chunk.length - at >= BLOCK) {
        this.#wholeBlock(chunk.subarray(at, at + BLOCK));
        at += BLOCK;
      } else {
        const copied = chunk.copy(this.#block, this.#filled, at, at + BLOCK - this.#filled);
        this.#filled += copied;
        at += copied;
        if (this.#filled < BLOCK) return;
        this.#filled = 0;
        // The sink and the header may keep slices, so the block is not handed out itself.
        this.#wholeBlock(Buffer.from(this.#block));
      }
    }
  }

  /** Says that no more bytes come. A missing end-of-archive mark is accepted, as every tar does; half a member is not. */
  end(): void {
    const whole = this.#state === 'header' && this.#filled === 0 && this.#remaining === 0 && this.#padding === 0;
    if (this.#state !== 'end' && !whole) throw new ArchiveError('the archive is truncated');
  }

  #wholeBlock(block: Buffer): void {
    if (this.#state === 'gnu-map') this.#gnuMapBlock(block);
    else if (this.#state === 'leading-map') this.#leadingMapBlock(block);
    else this.#headerBlock(block);
  }

  #headerBlock(block: Buffer): void {
    const header = readHeader(block);
    if (header === undefined) {
      if (this.#zeroBlock) this.#state = 'end';
      this.#zeroBlock = true;
      return;
    }
    if (this.#zeroBlock) throw new ArchiveError('a single zero block inside the archive');
    if (header.flag === 'x' || header.flag === 'g' || header.flag === 'L' || header.flag === 'K')
      this.#startMeta(header);
    else this.#startMember(header);
  }

  #startMeta({ flag, size }: TarHeader): void {
    if (size < 0 || size > MAX_META) throw new ArchiveError('a tar extension header is too large');
    this.#state = 'meta';
    this.#meta = { flag, pieces: [] };
    this.#expect(size);
  }

  #finishMeta(): void {
    const data = Buffer.concat(this.#meta.pieces);
    const text = () => data.toString('latin1').split('\0', 1)[0] ?? '';
    if (this.#meta.flag === 'L') this.#overrides.longName = text();
    else if (this.#meta.flag === 'K') this.#overrides.longLink = text();
    // Global headers (`g`, as git archive writes) are read over, as the peers' archive readers do.
    else if (this.#meta.flag === 'x') this.#overrides.pax = readPaxRecords(data);
  }

  #startMember(header: TarHeader): void {
    if (header.flag === 'S') {
      this.#header = { ...header, block: Buffer.from(header.block) };
      this.#gnuMap = new GnuSparseReader(header);
      if (this.#gnuMap.more) {
        this.#state = 'gnu-map';
        return;
      }
    }
    this.#begin(header);
  }

  #gnuMapBlock(block: Buffer): void {
    if (this.#header === undefined || this.#gnuMap === undefined) throw new Error('no sparse member');
    this.#gnuMap.block(block);
    if (!this.#gnuMap.more) this.#begin(this.#header);
  }

  #begin(header: TarHeader): void {
    const decoded = decodeEntry(header, this.#overrides);
    const pax = this.#overrides.pax ?? [];
    const gnuMap = this.#gnuMap;
    this.#overrides = {};
    this.#gnuMap = undefined;
    if (decoded.entry.type === 'file' && paxText(pax, 'GNU.sparse.major') === '1') {
      const size = Number(paxText(pax, 'GNU.sparse.realsize') ?? Number.NaN);
      this.#leading = { decoded, size, map: new LeadingMapReader() };
      this.#state = 'leading-map';
      this.#expect(decoded.stored);
      return;
    }
    this.#expect(decoded.stored);
    this.#emit(decoded.entry, decoded.stored, gnuMap?.map() ?? paxSparseMap(pax));
  }

  #leadingMapBlock(block: Buffer): void {
    if (this.#leading === undefined) throw new Error('no sparse member');
    const { decoded, size, map } = this.#leading;
    this.#remaining -= BLOCK;
    const complete = map.block(block);
    if (this.#remaining < 0 || decoded.stored - this.#remaining > MAX_META) {
      throw new ArchiveError('a sparse file has a wrong map');
    }
    if (!complete) return;
    this.#leading = undefined;
    this.#emit(decoded.entry, this.#remaining, { size, fragments: map.fragments() });
  }

  #emit(entry: TarEntry, stored: number, sparse: SparseMap | undefined): void {
    this.#sparse = sparse === undefined ? undefined : checkSparse(sparse, stored);
    this.#fragment = 0;
    this.#position = 0;
    this.#state = 'data';
    this.#sink.begin(sparse === undefined ? entry : { ...entry, size: sparse.size });
    if (this.#remaining === 0) this.#memberDone();
  }

  #data(piece: Buffer): void {
    if (this.#sparse === undefined) {
      this.#sink.data(piece, this.#position);
      this.#position += piece.length;
      return;
    }
    // #position counts within the fragment here.
    for (let at = 0; at < piece.length; ) {
      const fragment = this.#sparse.fragments[this.#fragment];
      if (fragment === undefined) throw new ArchiveError('a sparse file has a wrong map');
      const part = piece.subarray(at, at + fragment.length - this.#position);
      this.#sink.data(part, fragment.offset + this.#position);
      at += part.length;
      this.#position += part.length;
      if (this.#position === fragment.length) {
        this.#fragment++;
        this.#position = 0;
      }
    }
  }

  #memberDone(): void {
    if (this.#state === 'meta') this.#finishMeta();
    else this.#sink.finish();
    this.#state = 'header';
  }

  #expect(size: number): void {
    this.#remaining = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
    if (size === 0 && this.#state === 'meta') this.#memberDone();
  }
}

function paxText(records: readonly PaxRecord[], key: string): string | undefined {
  return records.findLast(([name]) => name === key)?.[1].toString('latin1');
}
