import { createHash } from 'node:crypto';

/** A locally administered unicast address, the same each time for the same parts. */
export function deriveMac(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  digest[0] = ((digest[0] ?? 0) & 0xfc) | 0x02;
  return digest.toString('hex', 0, 6).replace(/..(?=.)/g, '$&:');
}
