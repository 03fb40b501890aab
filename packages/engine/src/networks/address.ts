/** An IP address as a number, so that ranges can be reasoned about without walking them. */
export interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** A block of addresses; `value` is its first one. */
export interface Block extends Address {
  readonly prefix: number;
}

/** Reads an address without zone; undefined where the text is none. */
export function parseAddress(text: string): Address | undefined {
  if (text.includes(':')) {
    const value = parseV6(text);
    return value === undefined ? undefined : { family: 6, value };
  }
  const value = parseV4(text);
  return value === undefined ? undefined : { family: 4, value };
}

/** Reads CIDR notation. Host bits are cleared. */
export function parseBlock(text: string): Block | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? '' : text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (!address || !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = Number(length);
  if (prefix > bits(address.family)) return undefined;
  return block(address, prefix);
}

/** The block of that prefix length around an address. */
export function block({ family, value }: Address, prefix: number): Block {
  const host = BigInt(bits(family) - prefix);
  return { family, prefix, value: (value >> host) << host };
}

export function bits(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** The last address of a block. */
export function lastOf({ family, value, prefix }: Block): bigint {
  return value + (1n << BigInt(bits(family) - prefix)) - 1n;
}

export function contains(outer: Block, inner: Address): boolean {
  return outer.family === inner.family && inner.value >= outer.value && inner.value <= lastOf(outer);
}

export function overlaps(a: Block, b: Block): boolean {
  return contains(a, b) || contains(b, a);
}

export function formatBlock(of: Block): string {
  return `${formatAddress(of)}/${of.prefix}`;
}

/** The block from a first to a last address; undefined where they do not bound one. */
export function blockOfRange({ start, end }: { readonly start: string; readonly end: string }): string | undefined {
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (!first || last?.family !== first.family || last.value < first.value) return undefined;
  const size = last.value - first.value + 1n;
  const hostBits = size.toString(2).length - 1;
  const found = block(first, bits(first.family) - hostBits);
  return size === 1n << BigInt(hostBits) && found.value === first.value ? formatBlock(found) : undefined;
}

/** Canonical text; IPv6 as RFC 5952 has it. */
export function formatAddress({ family, value }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const zeros = [...groups.join(':').matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].map(([run]) => run);
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = groups.join(':');
  if (longest === '') return text;
  const at = text.search(new RegExp(`(?<![^:])${longest}(?![^:])`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** Network byte order, 4 or 16 bytes. */
export function addressBytes({ family, value }: Address): Uint8Array {
  return Buffer.from(value.toString(16).padStart(bits(family) / 4, '0'), 'hex');
}

export function fromBytes(bytes: Uint8Array): Address {
  return { family: bytes.length === 4 ? 4 : 6, value: BigInt(`0x${Buffer.from(bytes).toString('hex')}`) };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  // A leading zero reads as octal in some programs and as decimal in others.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const v4 = parseV4(dotted[2] ?? '');
    if (v4 === undefined) return undefined;
    return parseV6(`${dotted[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
