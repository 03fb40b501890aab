import type { Static, TObject, TSchema } from 'typebox';
import type { Group } from './errors.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** How a success body travels; `upgrade` takes the connection over (attach, exec), `websocket` in that protocol's frames. */
export type StreamKind = 'none' | 'json' | 'text' | 'ndjson' | 'raw' | 'tar' | 'upgrade' | 'websocket';

/** Who may call it, as policy rules name it: `<area>:<read|write|exec|admin>`. */
export type Permission = `${string}:${'read' | 'write' | 'exec' | 'admin'}`;

/** One answer of an operation. `schema` describes a JSON body, or one object of an ndjson stream. */
export interface Response {
  readonly description: string;
  readonly schema?: TSchema;
  /** What it was in versions before this one. */
  readonly before?: { readonly version: string; readonly schema: TSchema };
}

/**
 * One row of the table, and the only description of an operation anywhere: routing, decoding, validation, OpenAPI, bindings,
 * policy and reference pages are drawn from it.
 */
export interface Operation {
  readonly group: Group;
  readonly area: string;
  readonly method: Method;
  /**
   * Path template without version prefix, e.g. `/libpod/containers/{name}/json`. `{name}` takes one segment and `{name:*}` any number of them,
   * both percent-decoded.
   */
  readonly path: string;
  /** Unique in its group, as the upstream API description spells it. */
  readonly operationId: string;
  readonly summary: string;
  /** First and last API version of its group that has the operation, inclusive. */
  readonly since?: string;
  readonly until?: string;
  /**
   * Query parameters, decoded from strings by schema type before validation (see decode.ts). Names match case-insensitively;
   * unknown names are ignored, as both upstream services do.
   */
  readonly query?: TObject;
  /** Where two rows share method and path: the query key whose presence selects this one. */
  readonly whenQuery?: string;
  /** Request headers that carry meaning, lower-case names. */
  readonly headers?: TObject;
  /** JSON request body; absent where there is none or where the body is a stream (see `upload`). */
  readonly body?: TSchema;
  /** Whether an empty body is accepted where `body` is described; then the handler sees undefined. */
  readonly bodyOptional?: boolean;
  /** Content types of a streamed request body. */
  readonly upload?: readonly string[];
  readonly responses: Readonly<Record<number, Response>>;
  /** Error statuses it is known for, beside 400 and 500, which every operation can answer, and 413, which every one with a body can. */
  readonly errors?: readonly number[];
  readonly stream: StreamKind;
  readonly permission: Permission;
}

/** Declares a row, keeping its literal and schema types. */
export function operation<const O extends Operation>(row: O): O {
  return row;
}

type Names<P extends string> = P extends `${string}{${infer N}}${infer Rest}`
  ? (N extends `${infer Bare}:*` ? Bare : N) | Names<Rest>
  : never;

/** The decoded path parameters of an operation. */
export type PathOf<O extends Operation> = { readonly [N in Names<O['path']>]: string };
/** The decoded query of an operation. */
export type QueryOf<O extends Operation> = O extends { query: infer Q extends TObject }
  ? Static<Q>
  : Record<string, never>;
/** The request headers an operation reads. */
export type HeadersOf<O extends Operation> = O extends { headers: infer H extends TObject }
  ? Static<H>
  : Record<string, never>;
/** The parsed JSON request body of an operation. */
export type BodyOf<O extends Operation> = O extends { body: infer B extends TSchema }
  ? O extends { bodyOptional: true }
    ? Static<B> | undefined
    : Static<B>
  : undefined;
/** The JSON body of one status (default: any success) of an operation. */
export type ResponseOf<
  O extends Operation,
  S extends keyof O['responses'] = 200 & keyof O['responses'],
> = O['responses'][S] extends { schema: infer R extends TSchema } ? Static<R> : undefined;
