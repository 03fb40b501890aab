import { isSelkieError } from '@selkie/contract';

/** An error in a report among others. What was not thrown on purpose is no business of the client's. @throws that */
export function errorText(error: unknown): string {
  if (!isSelkieError(error)) throw error;
  return error.messageFor('libpod');
}
