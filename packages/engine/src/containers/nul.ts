import { SelkieError } from '@selkie/contract';

/** Refuses strings, however deep, that would end at a NUL where the kernel or a file reads them. @throws SelkieError INVALID_PARAMETER */
export function refuseNul(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    if (!value.includes('\0')) return;
    const reason = `${path} has a NUL character in it: ${JSON.stringify(value)}`;
    throw new SelkieError('INVALID_PARAMETER', { reason });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const inside = path === '' ? key : `${path}.${key}`;
    refuseNul(key, inside);
    refuseNul(member, inside);
  }
}
