import { TemplateError } from './lex.ts';
import { format, print } from './print.ts';
import { member, truth } from './values.ts';

type Function = (...args: readonly unknown[]) => unknown;

/** Those that take their arguments evaluated; `and` and `or` are the evaluator's. */
export const FUNCTIONS: Readonly<Record<string, Function>> = {
  json: (value) => JSON.stringify(value ?? null),
  join: (list, separator) => items(list).map(print).join(text(separator)),
  split: (value, separator) => text(value).split(text(separator)),
  lower: (value) => text(value).toLowerCase(),
  upper: (value) => text(value).toUpperCase(),
  title: (value) => text(value).replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  pad: (value, before, after) =>
    text(value) === '' ? '' : `${' '.repeat(Number(before))}${text(value)}${' '.repeat(Number(after))}`,
  truncate: (value, length) => text(value).slice(0, Number(length)),
  println: (...args) => `${args.map(print).join(' ')}\n`,
  print: (...args) => args.map(print).join(args.some((arg) => typeof arg === 'string') ? '' : ' '),
  printf: (layout, ...args) => format(text(layout), args),
  len: (value) => (typeof value === 'string' ? Buffer.byteLength(value) : items(value).length),
  index: (value, ...keys) => keys.reduce(member, value),
  slice: (value, from, to) => {
    const [start, end] = [Number(from ?? 0), to === undefined ? undefined : Number(to)];
    return typeof value === 'string' ? value.slice(start, end) : items(value).slice(start, end);
  },
  not: (value) => !truth(value),
  eq: (value, ...others) => others.some((other) => value === other),
  ne: (a, b) => a !== b,
  lt: (a, b) => compare(a, b) < 0,
  le: (a, b) => compare(a, b) <= 0,
  gt: (a, b) => compare(a, b) > 0,
  ge: (a, b) => compare(a, b) >= 0,
};

function items(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (value === null || value === undefined) return [];
  if (typeof value === 'object') return Object.values(value);
  throw new TemplateError(`${print(value)} is no list`);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : print(value);
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  throw new TemplateError(`${print(a)} and ${print(b)} cannot be compared`);
}
