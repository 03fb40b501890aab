import { SelkieError } from '@selkie/contract';
import { formatNanos } from '../clock.ts';
import { parseTime } from '../time.ts';

/** The one time of an `until` filter, as records print theirs, so that texts compare. @throws SelkieError INVALID_PARAMETER */
export function untilTime([value = '', ...more]: readonly string[]): string {
  if (more.length > 0) throw new SelkieError('INVALID_PARAMETER', { reason: 'more than one until filter specified' });
  return formatNanos(parseTime(value));
}
