import { SelkieError } from '@selkie/contract';

/** Docker's words for a value a filter cannot have. */
export function badValue(key: string, value: string, because = ''): never {
  throw new SelkieError('INVALID_PARAMETER', {
    reason: `invalid filter '${key}=${value}'${because && `: ${because}`}`,
  });
}

/** @throws SelkieError INVALID_PARAMETER */
export function booleanValue(key: string, value: string): boolean {
  if (/^(1|t|true)$/i.test(value)) return true;
  if (/^(0|f|false)$/i.test(value)) return false;
  return badValue(key, value);
}
