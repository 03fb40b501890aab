import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { BodyOf, HeadersOf, Operation, QueryOf, ResponseOf } from '@selkie/contract';
import type { Connection } from './streams/connection.ts';
import type { Frame } from './streams/frames.ts';

/** What an operation with a streamed body takes. */
export type Upload = Uint8Array | string | AsyncIterable<Uint8Array>;

type IsOptional<T, K extends keyof T> = Record<never, never> extends Pick<T, K> ? true : false;

/** Parameters the service has a default for: flags and filters. */
type HasDefault<V> = V extends boolean ? true : V extends Record<string, string[]> ? true : false;

type RequiredKeys<Q> = {
  [K in keyof Q]-?: IsOptional<Q, K> extends true ? never : HasDefault<Q[K]> extends true ? never : K;
}[keyof Q];

/** The query as a client gives it: what has a default may be left out. */
export type Query<O extends Operation> = Pick<QueryOf<O>, RequiredKeys<QueryOf<O>>> & Partial<QueryOf<O>>;

type QueryPart<O extends Operation> = O extends { query: unknown }
  ? [RequiredKeys<QueryOf<O>>] extends [never]
    ? { readonly query?: Query<O> }
    : { readonly query: Query<O> }
  : { readonly query?: never };

type BodyPart<O extends Operation> = O extends { upload: readonly string[] }
  ? { readonly body?: Upload; readonly contentType?: O['upload'][number] }
  : O extends { body: unknown }
    ? undefined extends BodyOf<O>
      ? { readonly body?: BodyOf<O> }
      : { readonly body: BodyOf<O> }
    : { readonly body?: never };

type HeadersPart<O extends Operation> = O extends { headers: unknown }
  ? { readonly headers?: HeadersOf<O> }
  : { readonly headers?: never };

/** Everything of a call but its path. */
export type Request<O extends Operation> = QueryPart<O> &
  BodyPart<O> &
  HeadersPart<O> & {
    readonly signal?: AbortSignal;
  };

type Success<O extends Operation> = 200 extends keyof O['responses']
  ? ResponseOf<O, 200>
  : 201 extends keyof O['responses']
    ? ResponseOf<O, 201>
    : undefined;

/** What a call resolves with. A stream ends where its iterator is left. */
export type Result<O extends Operation> = O['operationId'] extends `${string}ExistsLibpod`
  ? boolean
  : O['operationId'] extends 'ContainerLogsLibpod'
    ? AsyncIterable<Frame>
    : O['method'] extends 'HEAD'
      ? IncomingHttpHeaders
      : {
          none: undefined;
          json: Success<O>;
          text: string;
          ndjson: AsyncIterable<Success<O>>;
          raw: IncomingMessage;
          tar: IncomingMessage;
          upgrade: Connection;
          /** No operation of the libpod group is one. */
          websocket: never;
        }[O['stream']];
