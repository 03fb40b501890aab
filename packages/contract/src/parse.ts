import type { Static, TSchema } from 'typebox';
import { SelkieError } from './errors.ts';
import { type Keywords, keywords } from './schema.ts';

/**
 * Reads a JSON value by its schema as Go's decoder reads one into a struct, because that is what every client was written against:
 * unknown members are ignored, names match exactly first and then whatever their case, and null means absent.
 * @throws SelkieError INVALID_PARAMETER naming the member, e.g. `HostConfig.Memory: must be an integer`
 */
export function parse<S extends TSchema>(schema: S, value: unknown, path?: string): Static<S>;
export function parse(schema: TSchema, value: unknown, path = ''): unknown {
  return read(keywords(schema), value, path);
}

class Mismatch extends SelkieError<'INVALID_PARAMETER'> {
  constructor(path: string, problem: string) {
    super('INVALID_PARAMETER', { reason: path === '' ? `request body: ${problem}` : `${path}: ${problem}` });
  }
}

function read(schema: Keywords, value: unknown, path: string): unknown {
  if (schema.anyOf) return readAny(schema.anyOf, value, path);
  if (value === null && schema.type !== undefined && schema.type !== 'null') return zero(schema);
  if (!hasType(schema, value)) throw new Mismatch(path, `must be ${nameOf(schema)}`);
  if (schema.enum && !schema.enum.includes(value)) {
    throw new Mismatch(path, `must be one of ${schema.enum.map((v) => JSON.stringify(v)).join(', ')}`);
  }
  if (schema.const !== undefined && schema.const !== value) throw new Mismatch(path, `must be ${String(schema.const)}`);
  if (typeof value === 'number') checkBounds(schema, value, path);
  if (Array.isArray(value)) return readArray(schema, value, path);
  return schema.type === 'object' && isObject(value) ? readObject(schema, value, path) : value;
}

function readAny(alternatives: readonly Keywords[], value: unknown, path: string): unknown {
  const fitting = alternatives.filter((schema) => hasType(schema, value));
  const [only] = fitting;
  // One candidate: its own complaint says more than "none of these".
  if (only && fitting.length === 1) return read(only, value, path);
  for (const schema of fitting) {
    try {
      return read(schema, value, path);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
    }
  }
  if (value === null && alternatives[0]) return zero(alternatives[0]);
  throw new Mismatch(path, `must be ${alternatives.map(nameOf).join(' or ')}`);
}

function readArray(schema: Keywords, value: readonly unknown[], path: string): unknown[] {
  const { items } = schema;
  return items ? value.map((item, index) => read(items, item, `${path}[${index}]`)) : [...value];
}

function readObject(schema: Keywords, value: Readonly<Record<string, unknown>>, path: string): Record<string, unknown> {
  const values = schema.patternProperties?.['^.*$'];
  // Object.fromEntries defines members, so a key such as __proto__ stays data.
  if (values) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(values, item, join(path, key))]));
  }
  if (!schema.properties) return value;
  const members: [string, unknown][] = [];
  const find = finder(value);
  for (const [name, property] of Object.entries(schema.properties)) {
    const item = find(name);
    if (item !== undefined && (item !== null || allowsNull(property))) {
      members.push([name, read(property, item, join(path, name))]);
    } else if (schema.required?.includes(name)) {
      throw new Mismatch(join(path, name), 'is required');
    }
  }
  return Object.fromEntries(members);
}

/** Looks members up by exact name, then ignoring case. */
function finder(value: Readonly<Record<string, unknown>>): (name: string) => unknown {
  let folded: Map<string, unknown> | undefined;
  return (name) => {
    if (Object.hasOwn(value, name)) return value[name];
    folded ??= new Map(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
    return folded.get(name.toLowerCase());
  };
}

function checkBounds(schema: Keywords, value: number, path: string): void {
  if (schema.minimum !== undefined && value < schema.minimum) {
    throw new Mismatch(path, `must be at least ${schema.minimum}`);
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    throw new Mismatch(path, `must be at most ${schema.maximum}`);
  }
}

function hasType(schema: Keywords, value: unknown): boolean {
  switch (schema.type) {
    case undefined:
      return schema.anyOf === undefined || schema.anyOf.some((alternative) => hasType(alternative, value));
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === schema.type;
  }
}

/** What Go leaves in an element or map value that was null. */
function zero(schema: Keywords): unknown {
  switch (schema.type) {
    case 'object':
      return {};
    case 'array':
      return [];
    case 'string':
      return '';
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return 0;
    default:
      return null;
  }
}

function allowsNull(schema: Keywords): boolean {
  return schema.type === 'null' || schema.anyOf?.some(allowsNull) === true;
}

function nameOf(schema: Keywords): string {
  switch (schema.type) {
    case 'array':
      return schema.items?.type ? `an array of ${schema.items.type}s` : 'an array';
    case 'object':
    case 'integer':
      return `an ${schema.type}`;
    case undefined:
      return schema.anyOf?.map(nameOf).join(' or ') ?? 'a value';
    default:
      return schema.type === 'null' ? 'null' : `a ${schema.type}`;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
