import { ConnectionError } from './errors.ts';
import { NEWEST_VERSION, OLDEST_VERSION, ROWS } from './generated/rows.ts';
import { call } from './http/call.ts';
import type { Transport } from './http/transport.ts';

/**
 * The newest version that both sides know, from what the service says of itself.
 * @throws ConnectionError where it is no libpod service, or too old a one
 */
export async function negotiate(transport: Transport, signal?: AbortSignal): Promise<string> {
  const headers = await call(transport, '', ROWS.system.pingHead, [], signal === undefined ? {} : { signal });
  const offered = header(headers, 'libpod-api-version');
  if (offered === undefined) throw new ConnectionError(transport.url, 'what answers there is no libpod service');
  if (compare(offered, OLDEST_VERSION) < 0) {
    throw new ConnectionError(
      transport.url,
      `the service speaks version ${offered}, the oldest usable is ${OLDEST_VERSION}. Upgrade it`,
    );
  }
  return compare(offered, NEWEST_VERSION) < 0 ? offered : NEWEST_VERSION;
}

function header(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined;
  const value: unknown = Reflect.get(headers, name);
  return typeof value === 'string' ? value : undefined;
}

/** Negative, zero or positive as dotted version `a` is older, equal or newer. */
function compare(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
