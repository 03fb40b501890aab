import { type Group, isSelkieError, SelkieError } from '@selkie/contract';
import type { Exchange } from './exchange.ts';

type Fate = Pick<Exchange, 'gone' | 'ending' | 'reference'>;

/** Any thrown value as an error of the table. What was not thrown on purpose is a bug: its text stays in the log. */
export function toSelkieError(error: unknown, { gone, ending, reference }: Fate): SelkieError {
  if (isSelkieError(error)) return error;
  if (gone.signal.aborted) return new SelkieError('CANCELLED', {}, { cause: error });
  if (ending.signal.aborted) return new SelkieError('STOPPING', {}, { cause: error });
  const reason = `internal error, see the service's log for ${reference}`;
  return new SelkieError('INTERNAL', { reason }, { cause: error });
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
