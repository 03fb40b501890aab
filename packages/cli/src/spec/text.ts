import { UsageError } from '../failure.ts';

/** The list, or nothing where it is empty: a field not asked for is not sent. */
export function given<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** `KEY=VALUE` texts as a map; a key alone has an empty value. */
export function pairs(texts: readonly string[]): Record<string, string> | undefined {
  return texts.length === 0 ? undefined : Object.fromEntries(texts.map(pair));
}

export function pair(text: string): [key: string, value: string] {
  const equals = text.indexOf('=');
  return equals === -1 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

/** Like {@link pairs}, where there must be a value. @throws UsageError */
export function settings(option: string, texts: readonly string[]): Record<string, string> | undefined {
  const bad = texts.find((text) => !/^[^=]+=/.test(text));
  if (bad !== undefined) throw new UsageError(`invalid argument "${bad}" for "${option}" flag: it must be NAME=VALUE`);
  return pairs(texts);
}
