import { isSelkieError, SelkieError } from '@selkie/contract';

/** What the host refuses (a full disk, no descriptors, no processes) is told in its own words. Any other error is given back as it is. */
export function hostError(what: string, error: unknown): unknown {
  if (isSelkieError(error) || !(error instanceof Error) || !('code' in error)) return error;
  return typeof error.code === 'string'
    ? new SelkieError('HOST', { reason: `${what}: ${error.message}` }, { cause: error })
    : error;
}
