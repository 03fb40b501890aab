import { type Group, isSelkieError, SelkieError } from '@selkie/contract';
import type { Exchange } from './exchange.ts';

type Fate = Pick<Exchange, 'gone' | 'ending' | 'reference'>;

/** Any thrown value as an error of the table. What was not thrown on purpose is a bug: its text stays in the log. */
export function toSelkieError(error: unknown, { gone, ending, reference }: Fate): SelkieError {
  if (isSelkieError(error)) return error;
  if (gone.signal.aborted) return new SelkieError('CANCELLED', {}, { cause: error });
  if (ending.signal.aborted) return new SelkieError('STOPPING', {}, { cause: error });
  const shortage = shortageOf(error);
  if (shortage !== undefined) return new SelkieError('HOST', { reason: shortage }, { cause: error });
  const reason = `internal error, see the service's log for ${reference}`;
  return new SelkieError('INTERNAL', { reason }, { cause: error });
}

const SHORTAGES: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the host',
  EDQUOT: 'the disk quota of the host is used up',
  EROFS: 'the disk of the host is read-only',
  EMFILE: 'the service has too many files open',
  ENFILE: 'the host has too many files open',
  ENOMEM: 'the host is out of memory',
};
/** SQLITE_IOERR and SQLITE_FULL; which of them a full disk becomes depends on the file that is to grow. */
const UNWRITABLE = [10, 13];

/** What the host has run out of: no bug, and its client may be the one who can put it right. */
function shortageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // The high bytes of an extended code say more exactly what failed.
  if ('errcode' in error && typeof error.errcode === 'number' && UNWRITABLE.includes(error.errcode & 0xff)) {
    return `the state cannot be written: ${error.message}`;
  }
  return 'code' in error && typeof error.code === 'string' ? SHORTAGES[error.code] : undefined;
}

/** The JSON body of an error in one dialect. */
export function errorBody(error: SelkieError, group: Group): object {
  const message = error.messageFor(group);
  return group === 'libpod' ? { cause: error.causeText, message, response: error.status } : { message };
}

/** The line that ends an ndjson stream that failed after it began. */
export function errorLine(error: SelkieError, group: Group): object {
  const message = error.messageFor(group);
  return { errorDetail: { message }, error: message };
}

/** Headers an error brings along. */
export function errorHeaders(error: SelkieError): Readonly<Record<string, string>> {
  return isSelkieError(error, 'METHOD_NOT_ALLOWED') ? { allow: error.details.allowed ?? '' } : {};
}
