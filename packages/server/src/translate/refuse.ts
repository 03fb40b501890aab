import { SelkieError } from '@selkie/contract';

/** A value that no request may carry. */
export function invalid(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}

/** A field the engine does not deliver, refused where it asks for anything: never accepted and dropped. */
export function unsupported(what: string, reason: string): never {
  throw new SelkieError('UNSUPPORTED', { what, reason });
}
