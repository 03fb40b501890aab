import type { IncomingHttpHeaders } from 'node:http';
import { SelkieError } from '@selkie/contract';
import type { Connection } from './connection.ts';
import type { Headers } from './header-map.ts';

/** Web origins whose pages may call the service. */
export type AllowedOrigins = ReadonlySet<string>;

/**
 * Keeps web pages out of a TCP listener without client certificates: a page may send requests to loopback addresses, and with a name it
 * controls (DNS rebinding) even read the answers.
 * @throws SelkieError FORBIDDEN
 */
export function guardAgainstPages(headers: IncomingHttpHeaders, connection: Connection, allowed: AllowedOrigins): void {
  if (connection.transport !== 'tcp' || connection.certificate !== undefined) return;
  const { origin, host } = headers;
  if (origin !== undefined && !allowed.has(origin)) {
    throw new SelkieError('FORBIDDEN', { reason: `requests from pages of ${origin} are not allowed` });
  }
  if (!isLoopbackName(host ?? '')) {
    throw new SelkieError('FORBIDDEN', { reason: `the Host header must name a loopback address, got ${host}` });
  }
}

/** What lets pages of an allowed origin read the answer. */
export function corsHeaders(headers: IncomingHttpHeaders, allowed: AllowedOrigins): Headers {
  const { origin } = headers;
  if (origin === undefined || !allowed.has(origin)) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Headers':
      'Origin, X-Requested-With, Content-Type, Accept, X-Registry-Auth, X-Registry-Config',
    'Access-Control-Allow-Methods': 'HEAD, GET, POST, DELETE, PUT, OPTIONS',
    'Access-Control-Expose-Headers': 'Api-Version, Libpod-Api-Version, X-Reference-Id, X-Docker-Container-Path-Stat',
    Vary: 'Origin',
  };
}

/** True for `localhost`, 127.0.0.0/8 and `[::1]`, with or without a port. */
export function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}
