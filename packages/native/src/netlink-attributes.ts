/** One netlink attribute: its type and either bytes or nested attributes. */
export type Attribute = readonly [type: number, value: Buffer | readonly Attribute[]];

const NLA_F_NESTED = 0x8000;
const NLA_TYPE_MASK = 0x3fff;

export function encodeAttributes(attributes: readonly Attribute[]): Buffer {
  const parts: Buffer[] = [];
  for (const [type, value] of attributes) {
    const nested = !Buffer.isBuffer(value);
    const body = nested ? encodeAttributes(value) : value;
    const header = Buffer.alloc(4);
    header.writeUInt16LE(4 + body.length, 0);
    header.writeUInt16LE(nested ? type | NLA_F_NESTED : type, 2);
    parts.push(header, body, Buffer.alloc(-body.length & 3));
  }
  return Buffer.concat(parts);
}

/** The attributes of one level by type; a type that comes twice keeps its last value. */
export function decodeAttributes(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 4) break;
    found.set(bytes.readUInt16LE(at + 2) & NLA_TYPE_MASK, bytes.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return found;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function uint8(value: number): Buffer {
  return Buffer.from([value]);
}

/** Zero-terminated, as the kernel expects names. */
export function cString(text: string): Buffer {
  return Buffer.from(`${text}\0`);
}

export function decodeString(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
}
