import { createHash, type Hash } from 'node:crypto';
import { SelkieError } from '@selkie/contract';

const HEX_LENGTH: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/** Splits `sha256:<hex>`; undefined where the text is no digest of an algorithm we can compute. */
export function parseDigest(text: string): { algorithm: string; hex: string } | undefined {
  const [algorithm = '', hex = '', ...rest] = text.split(':');
  if (rest.length > 0 || HEX_LENGTH[algorithm] !== hex.length || !/^[0-9a-f]+$/.test(hex)) return undefined;
  return { algorithm, hex };
}

/** @throws SelkieError INVALID_PARAMETER */
export function requireDigest(text: string): { algorithm: string; hex: string } {
  const digest = parseDigest(text);
  if (digest === undefined) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid digest: ${text}` });
  return digest;
}

export function sha256(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A hash of the algorithm `digest` names. */
export function hasherFor(digest: string): Hash {
  return createHash(requireDigest(digest).algorithm);
}

/** @throws SelkieError DIGEST_MISMATCH */
export function verify(name: string, bytes: Uint8Array, expected: string): void {
  const { algorithm } = requireDigest(expected);
  const actual = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (actual !== expected) throw new SelkieError('DIGEST_MISMATCH', { name, actual, expected });
}

/** The chain IDs of a stack of layers: what each layer is together with everything below it. */
export function chainIds(diffIds: readonly string[]): string[] {
  const chain: string[] = [];
  for (const diffId of diffIds) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : sha256(`${below} ${diffId}`));
  }
  return chain;
}

/** The first twelve hex digits, as people see IDs. */
export function shortId(digest: string): string {
  return digest.slice(digest.indexOf(':') + 1).slice(0, 12);
}
