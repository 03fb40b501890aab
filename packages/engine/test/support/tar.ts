/** Writes tar archives byte by byte, the hostile and damaged ones that no tar program would write included. */
export interface Member {
  readonly name: string | Buffer;
  /** Type flag; `0` is a file. */
  readonly type?: string;
  readonly linkName?: string;
  readonly data?: string | Buffer;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly mtime?: number;
  readonly major?: number;
  readonly minor?: number;
  /** Records of a PAX header put before the member. */
  readonly pax?: Readonly<Record<string, string | Buffer>> | readonly (readonly [string, string | Buffer])[];
  /** What the header says, where it is not the data's length. */
  readonly size?: number;
  readonly magic?: string;
  /** Changes the finished header before its checksum is taken. */
  readonly patch?: (block: Buffer) => void;
  readonly checksum?: number;
}

const BLOCK = 512;

/** A whole archive with its end mark. */
export function tar(...members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(member), Buffer.alloc(2 * BLOCK)]);
}

/** One member without an end mark. */
export function member(entry: Member): Buffer {
  const { pax, data = '' } = entry;
  const body = Buffer.from(data);
  const before = pax === undefined ? Buffer.alloc(0) : member({ name: 'PaxHeader', type: 'x', data: paxData(pax) });
  return Buffer.concat([before, header(entry, body.length), padded(body)]);
}

function header(entry: Member, length: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  Buffer.from(entry.name).copy(block, 0, 0, 100);
  octal(block, 100, 8, entry.mode ?? (entry.type === '5' ? 0o755 : 0o644));
  octal(block, 108, 8, entry.uid ?? 0);
  octal(block, 116, 8, entry.gid ?? 0);
  octal(block, 124, 12, entry.size ?? length);
  octal(block, 136, 12, entry.mtime ?? 1_000_000_000);
  block.write(entry.type ?? '0', 156, 'latin1');
  block.write(entry.linkName ?? '', 157, 100);
  block.write(entry.magic ?? 'ustar\x0000', 257, 'latin1');
  octal(block, 329, 8, entry.major ?? 0);
  octal(block, 337, 8, entry.minor ?? 0);
  entry.patch?.(block);
  block.fill(' ', 148, 156);
  octal(block, 148, 7, entry.checksum ?? block.reduce((sum, byte) => sum + byte, 0));
  return block;
}

/** Octal where it fits, base 256 where not. */
function octal(block: Buffer, at: number, length: number, value: number): void {
  const digits = value.toString(8);
  if (value >= 0 && digits.length < length) {
    block.write(`${digits.padStart(length - 1, '0')}\0`, at, 'latin1');
    return;
  }
  for (let i = at + length - 1, rest = BigInt(value); i >= at; i--, rest >>= 8n) block[i] = Number(rest & 0xffn);
  block[at] = (block[at] ?? 0) | 0x80;
}

export function paxData(records: NonNullable<Member['pax']>): Buffer {
  const list = Array.isArray(records) ? records : Object.entries(records);
  return Buffer.concat(
    list.map(([key, value]) => {
      const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
      let length = body.length + 1;
      while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length;
      return Buffer.concat([Buffer.from(`${length}`), body]);
    }),
  );
}

export function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}

/** An archive as the stream a function under test takes, in pieces of one size. */
export async function* inPieces(archive: Buffer, size = archive.length): AsyncGenerator<Buffer, void, undefined> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}
