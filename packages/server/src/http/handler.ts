import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import {
  type BodyOf,
  decodeHeaders,
  decodeQuery,
  type HeadersOf,
  type Operation,
  type PathOf,
  parseBody,
  type QueryOf,
} from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { Connection } from './connection.ts';
import type { Reply } from './reply.ts';

export * from './reply.ts';

/** What a handler works on: its request, decoded and validated by the operation's row. */
export interface Request<O extends Operation, E = Engine> {
  readonly path: PathOf<O>;
  readonly query: QueryOf<O>;
  readonly body: BodyOf<O>;
  readonly headers: HeadersOf<O>;
  /** The request body of an operation with `upload`; empty for others. */
  readonly upload: Readable;
  /** The version of the row's group the request is answered in. */
  readonly version: string;
  /** Aborts when the client has gone or the service stops. */
  readonly signal: AbortSignal;
  readonly connection: Connection;
  readonly engine: E;
}

/** A request as the router hands it over, before the row has decoded it. */
export interface Undecoded<E> {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The text of the JSON body; empty where there was none. */
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly upload: Readable;
  readonly version: string;
  readonly signal: AbortSignal;
  readonly connection: Connection;
  readonly engine: E;
}

/** An operation with the code that serves it. */
export interface Route<E = Engine> {
  readonly operation: Operation;
  handle(request: Undecoded<E>): Promise<Reply>;
}

/** Binds a verb to its row; the whole of what a verb file exports. */
export function handler<const O extends Operation, E = Engine>(
  operation: O,
  run: (request: Request<O, E>) => Reply | Promise<Reply>,
): Route<E> {
  return {
    operation,
    async handle(request) {
      const { path } = request;
      if (!hasNames(operation, path)) throw new Error(`the router lost a path parameter of ${operation.path}`);
      const query = decodeQuery(operation, request.query);
      const body = parseBody(operation, request.body);
      const headers = decodeHeaders(operation, request.headers);
      return run({ ...request, path, query, body, headers });
    },
  };
}

function hasNames<O extends Operation>(operation: O, path: object): path is PathOf<O> {
  return Array.from(operation.path.matchAll(/\{(\w+)/g), ([, name = '']) => name).every((name) => name in path);
}
