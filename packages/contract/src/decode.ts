import { type Group, SelkieError } from './errors.ts';
import type { BodyOf, HeadersOf, Operation, QueryOf } from './operation.ts';
import { isObject, parse } from './parse.ts';
import { type Keywords, keywords } from './schema.ts';

/**
 * The typed query of an operation. Names match in any case, a repeated name becomes an array where the schema has one, unknown names
 * are ignored.
 * @throws SelkieError INVALID_PARAMETER naming the parameter
 */
export function decodeQuery<O extends Operation>(row: O, search: URLSearchParams): QueryOf<O>;
export function decodeQuery(row: Operation, search: URLSearchParams): Record<string, unknown> {
  const given = new Map<string, string[]>();
  for (const [name, text] of search) {
    const key = name.toLowerCase();
    const texts = given.get(key);
    if (texts) texts.push(text);
    else given.set(key, [text]);
  }
  const properties = row.query ? keywords(row.query).properties : undefined;
  const query: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(properties ?? {})) {
    const value = decodeParameter(row.group, name, schema, given.get(name.toLowerCase()) ?? []) ?? schema.default;
    if (value !== undefined) query[name] = value;
    else if (row.query && keywords(row.query).required?.includes(name)) throw invalid(name, 'is required');
  }
  return query;
}

/** The typed request headers of an operation; the others are none of its business. */
export function decodeHeaders<O extends Operation>(
  row: O,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): HeadersOf<O>;
export function decodeHeaders(
  row: Operation,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const name of Object.keys((row.headers && keywords(row.headers).properties) ?? {})) {
    const value = headers[name];
    // Of a header sent twice both upstream services read the first.
    const text = typeof value === 'string' ? value : value?.[0];
    if (text !== undefined) decoded[name] = text;
  }
  return decoded;
}

/**
 * The typed JSON body of an operation.
 * @throws SelkieError MALFORMED_BODY, INVALID_PARAMETER
 */
export function parseBody<O extends Operation>(row: O, text: string): BodyOf<O>;
export function parseBody(row: Operation, text: string): unknown {
  if (row.body === undefined) return undefined;
  if (text.trim() === '') {
    if (row.bodyOptional) return undefined;
    throw new SelkieError('MALFORMED_BODY', { reason: 'the request body is empty' });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SelkieError('MALFORMED_BODY', { reason: messageOf(cause) }, { cause });
  }
  return parse(row.body, value);
}

/** Undefined: not given, so the default holds. */
function decodeParameter(group: Group, name: string, schema: Keywords, texts: readonly string[]): unknown {
  const [text] = texts;
  if (text === undefined) return undefined;
  if (name === 'filters') return decodeFilters(group, text);
  if (schema.contentMediaType === 'application/json') return decodeJson(name, schema, text);
  switch (schema.type) {
    case 'boolean':
      return group === 'docker' ? dockerBoolean(text) : goBoolean(name, text);
    case 'integer':
    case 'number':
      return text === '' ? undefined : decodeNumber(name, schema, text);
    case 'array': {
      const { items } = schema;
      return items ? texts.map((item) => decodeParameter(group, name, items, [item])) : texts;
    }
    default:
      return parse(schema, text, `parameter ${name}`);
  }
}

/** Docker takes anything but these for true. */
function dockerBoolean(text: string): boolean {
  return !['', '0', 'no', 'false', 'none'].includes(text.trim().toLowerCase());
}

/** Go's strconv.ParseBool, and `on` as its form decoder has it. */
function goBoolean(name: string, text: string): boolean | undefined {
  if (text === '') return undefined;
  if (['1', 't', 'T', 'TRUE', 'true', 'True', 'on'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  throw invalid(name, `must be a boolean, got ${JSON.stringify(text)}`);
}

function decodeNumber(name: string, schema: Keywords, text: string): unknown {
  const value = /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw invalid(name, `must be a number, got ${JSON.stringify(text)}`);
  return parse(schema, value, `parameter ${name}`);
}

function decodeJson(name: string, schema: Keywords, text: string): unknown {
  if (text === '') return undefined;
  try {
    return parse(schema, JSON.parse(text), `parameter ${name}`);
  } catch (cause) {
    if (cause instanceof SelkieError) throw cause;
    throw invalid(name, `is not JSON: ${messageOf(cause)}`, cause);
  }
}

/**
 * Filters come as a map of maps of booleans (docker's Go client; what is false is not asked for) or as a map of arrays (docker-py,
 * podman), and from libpod clients as a map of strings too.
 */
function decodeFilters(group: Group, text: string): Record<string, string[]> | undefined {
  const value = text === '' ? undefined : decodeJson('filters', {}, text);
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalid('filters', 'must be a JSON object');
  return Object.fromEntries(Object.entries(value).map(([key, wanted]) => [key, filterValues(group, key, wanted)]));
}

function filterValues(group: Group, key: string, wanted: unknown): string[] {
  if (Array.isArray(wanted)) {
    const texts = wanted.filter((item) => typeof item === 'string');
    if (texts.length === wanted.length) return texts;
  } else if (isObject(wanted)) {
    const flags = Object.entries(wanted);
    if (flags.every(([, on]) => typeof on === 'boolean')) return flags.filter(([, on]) => on).map(([name]) => name);
  } else if (wanted === null) {
    return [];
  } else if (typeof wanted === 'string' && group === 'libpod') {
    return [wanted];
  }
  throw invalid(`filters.${key}`, 'must be an array of strings or an object of booleans');
}

function invalid(name: string, problem: string, cause?: unknown): SelkieError {
  return new SelkieError('INVALID_PARAMETER', { reason: `parameter ${name}: ${problem}` }, { cause });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
