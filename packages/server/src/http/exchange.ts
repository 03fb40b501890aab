import type { IncomingMessage } from 'node:http';
import type { Group, Operation } from '@selkie/contract';
import { type AllowedOrigins, corsHeaders } from './browser.ts';
import type { Connection } from './connection.ts';
import type { Headers } from './header-map.ts';
import { referenceOf, serviceHeaders } from './headers.ts';
import { parseTarget, type Target } from './target.ts';

/** One request on its way through the service. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly target: Target;
  readonly group: Group;
  /** X-Reference-Id: ties the response to log entries. */
  readonly reference: string;
  /** What every answer to it says, whatever else it says. */
  readonly headers: Headers;
  readonly connection: Connection;
  /** Aborts when the client has gone. */
  readonly gone: AbortController;
  /** What the handler listens to: the client has gone, or the service stops. */
  readonly ending: AbortController;
  readonly startedAt: number;
  operation?: Operation;
  /** What was answered, once it was. */
  status?: number;
  /** It has become a stream, which lasts as long as it likes. */
  streaming: boolean;
}

/** Describes a request that has just come in. */
export function beginExchange(request: IncomingMessage, connection: Connection, origins: AllowedOrigins): Exchange {
  const target = parseTarget(request.url ?? '/');
  const reference = referenceOf(request.headers);
  const gone = new AbortController();
  const ending = new AbortController();
  gone.signal.addEventListener('abort', () => ending.abort(gone.signal.reason), { once: true });
  return {
    request,
    target,
    group: target.group,
    reference,
    headers: { ...serviceHeaders(reference), ...corsHeaders(request.headers, origins) },
    connection,
    gone,
    ending,
    startedAt: performance.now(),
    streaming: false,
  };
}
