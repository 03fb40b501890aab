import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

/**
 * Holds values against schemas with TypeBox's own compiler, which shares nothing with parse.ts. For tests: it takes the time and memory
 * that schema.ts avoids.
 */
const validators = new WeakMap<TSchema, Validator>();

/** What is wrong with a value, one line each, e.g. `/0/Names must be array`; empty where it fits. */
export function check(schema: TSchema, value: unknown): string[] {
  let validator = validators.get(schema);
  if (!validator) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator.Check(value)
    ? []
    : validator.Errors(value).map((error) => `${error.instancePath || '/'} ${error.message}`);
}
