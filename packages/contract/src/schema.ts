/**
 * Schema builders. They carry TypeBox's types and give the JSON Schema that TypeBox would, but cost nothing to load: TypeBox itself
 * takes 60 ms and 20 MB, more than everything else this package does at start. Its compiler checks responses in tests (check.ts).
 */
import type {
  TArray,
  TBoolean,
  TEnum,
  TInteger,
  TLiteral,
  TNull,
  TNumber,
  TObject,
  TOptional,
  TProperties,
  TRecord,
  TSchema,
  TString,
  TUnion,
  TUnknown,
} from 'typebox';

export type { Static } from 'typebox';

/** Keywords of a schema; a plain string is its description. */
type Options = string | Readonly<Record<string, unknown>>;

/** What the walkers (decode.ts, openapi.ts) read of a schema. */
export interface Keywords {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly required?: readonly string[];
  readonly items?: Keywords;
  readonly patternProperties?: Readonly<Record<string, Keywords>>;
  readonly anyOf?: readonly Keywords[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A query parameter that holds JSON text. */
  readonly contentMediaType?: string;
}

/** The keyword view of a schema. */
export function keywords(schema: TSchema): Keywords {
  return schema;
}

type Partials<P extends TProperties> = { [K in keyof P]: TOptional<P[K]> };

/** Optional properties are copies of their schema; an object keeps the original, which openapi.ts knows by identity. */
const originals = new WeakMap<TSchema, TSchema>();

function build(base: Keywords, options: Options = {}): TSchema {
  return { ...base, ...(typeof options === 'string' ? { description: options } : options) };
}

export function string(options?: Options): TString;
export function string(options?: Options): TSchema {
  return build({ type: 'string' }, options);
}

export function integer(options?: Options): TInteger;
export function integer(options?: Options): TSchema {
  return build({ type: 'integer' }, options);
}

/** An integer that is never negative. */
export function unsigned(options?: Options): TInteger;
export function unsigned(options?: Options): TSchema {
  return build({ type: 'integer', minimum: 0 }, options);
}

export function number(options?: Options): TNumber;
export function number(options?: Options): TSchema {
  return build({ type: 'number' }, options);
}

export function boolean(options?: Options): TBoolean;
export function boolean(options?: Options): TSchema {
  return build({ type: 'boolean' }, options);
}

/** A query parameter that is `fallback` (false) where the client does not name it. */
export function flag(description: string, fallback?: boolean): TBoolean;
export function flag(description: string, fallback = false): TSchema {
  return build({ type: 'boolean', default: fallback }, description);
}

export function unknown(options?: Options): TUnknown;
export function unknown(options?: Options): TSchema {
  return build({}, options);
}

export function array<S extends TSchema>(items: S, options?: Options): TArray<S>;
export function array(items: TSchema, options?: Options): TSchema {
  return build({ type: 'array', items }, options);
}

/** A map with any keys. */
export function record<S extends TSchema>(values: S, options?: Options): TRecord<'^.*$', S>;
export function record(values: TSchema, options?: Options): TSchema {
  return build({ type: 'object', patternProperties: { '^.*$': values } }, options);
}

/** One of some strings. */
export function choice<const V extends string[]>(values: readonly [...V], options?: Options): TEnum<V>;
export function choice(values: readonly string[], options?: Options): TSchema {
  return build({ type: 'string', enum: values }, options);
}

export function literal<const V extends string | number | boolean>(value: V): TLiteral<V>;
export function literal(value: string | number | boolean): TSchema {
  return build({ type: typeof value, const: value });
}

export function union<S extends TSchema[]>(types: readonly [...S], options?: Options): TUnion<S>;
export function union(types: readonly TSchema[], options?: Options): TSchema {
  return build({ anyOf: types }, options);
}

/** The schema or null, as Go prints an empty slice, map or pointer. */
export function nullable<S extends TSchema>(schema: S, options?: Options): TUnion<[S, TNull]>;
export function nullable(schema: TSchema, options?: Options): TSchema {
  return build({ anyOf: [schema, { type: 'null' }] }, options);
}

export function optional<S extends TSchema>(schema: S): TOptional<S>;
export function optional(schema: TSchema): TSchema {
  const copy = { ...schema, '~optional': true };
  originals.set(copy, schema);
  return copy;
}

/** An object whose properties are there unless they are `optional`; unknown ones are let through. */
export function object<P extends TProperties>(properties: P, options?: Options): TObject<P>;
export function object(properties: TProperties, options?: Options): TSchema {
  const schemas: Record<string, TSchema> = {};
  const required: string[] = [];
  for (const [name, schema] of Object.entries(properties)) {
    const original = originals.get(schema);
    schemas[name] = original ?? schema;
    if (original === undefined) required.push(name);
  }
  return build({ type: 'object', properties: schemas, ...(required.length > 0 && { required }) }, options);
}

/** An object whose every property may be missing: what Go's decoder makes of a request. */
export function partial<P extends TProperties>(properties: P, options?: Options): TObject<Partials<P>>;
export function partial(properties: TProperties, options?: Options): TSchema {
  return build({ type: 'object', properties }, options);
}

/** `base` with more properties, or others of the same name. */
export function extend<B extends TProperties, P extends TProperties>(
  base: TObject<B>,
  more: TObject<P>,
  options?: Options,
): TObject<Omit<B, keyof P> & P>;
export function extend(base: TSchema, more: TSchema, options?: Options): TSchema {
  const [a, b] = [keywords(base), keywords(more)];
  const required = [...new Set([...(a.required ?? []), ...(b.required ?? [])])];
  const properties = { ...a.properties, ...b.properties };
  return build({ type: 'object', properties, ...(required.length > 0 && { required }) }, options);
}

/** A query parameter whose text is JSON. */
export function json<S extends TSchema>(schema: S, description: string): S;
export function json(schema: TSchema, description: string): TSchema {
  return { ...schema, description, contentMediaType: 'application/json' };
}

/** The `filters` query parameter: JSON, in either of the two forms clients send, seen as name → values. */
export function filters(description: string): TRecord<'^.*$', TArray<TString>>;
export function filters(description: string): TSchema {
  return { ...record(array(string())), description, default: {}, contentMediaType: 'application/json' };
}
