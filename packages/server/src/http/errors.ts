import { type Group, isSelkieError, SelkieError } from '@selkie/contract';

/** Any thrown value as an error of the table. What was not thrown on purpose is a bug: its text stays in the log. */
export function toSelkieError(error: unknown, reference: string): SelkieError {
  if (isSelkieError(error)) return error;
  return new SelkieError(
    'INTERNAL',
    { reason: `internal error, see the service's log for ${reference}` },
    { cause: error },
  );
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
