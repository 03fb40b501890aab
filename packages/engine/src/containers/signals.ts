import { constants } from 'node:os';
import { SelkieError } from '@selkie/contract';

const REALTIME = /^RT(?:MIN|MAX)(?:([+-])(\d+))?$/;
const RTMIN = 34;
const RTMAX = 64;

/** Number of a signal given by name (with or without SIG, any case) or number. @throws SelkieError INVALID_PARAMETER */
export function signalNumber(signal: string): number {
  const bare = signal.trim().toUpperCase().replace(/^SIG/, '');
  const number = /^\d+$/.test(bare) ? Number(bare) : (named(bare) ?? realtime(bare));
  if (number === undefined || number < 1 || number > RTMAX) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid signal: ${signal}` });
  }
  return number;
}

/** `SIGTERM` for 15; the bare number for one without a name. */
export function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, n]) => n === number)?.[0] ?? String(number);
}

function named(bare: string): number | undefined {
  return Object.entries(constants.signals).find(([name]) => name === `SIG${bare}`)?.[1];
}

function realtime(bare: string): number | undefined {
  const match = REALTIME.exec(bare);
  if (!match) return undefined;
  const base = bare.startsWith('RTMIN') ? RTMIN : RTMAX;
  const number = base + (match[1] === '-' ? -1 : 1) * Number(match[2] ?? 0);
  return number >= RTMIN && number <= RTMAX ? number : undefined;
}
