import type { OciProcess, OciResources, OciSpec } from './types.ts';

declare global {
  interface JSON {
    /** ECMAScript's JSON.parse source text access, in Node since 22 and not in TypeScript's library yet. */
    rawJSON(text: string): unknown;
  }
}

const RLIM_INFINITY = '18446744073709551615';

/**
 * The document a runtime reads. RLIM_INFINITY (2^64-1) has no exact JavaScript number, and rounded up it overflows the runtime's, so it
 * travels as Infinity and is written digit by digit here.
 */
export function stringifySpec(document: OciSpec | OciProcess | OciResources): string {
  return JSON.stringify(document, (_, value: unknown) =>
    value === Number.POSITIVE_INFINITY ? JSON.rawJSON(RLIM_INFINITY) : value,
  );
}
