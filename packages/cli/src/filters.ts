import { UsageError } from './failure.ts';

/** `KEY=VALUE` texts as the API takes them; `KEY!=VALUE` asks for the opposite. @throws UsageError */
export function filterQuery(texts: readonly string[]): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (const text of texts) {
    const [, key, value] = /^([^=]+?)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      throw new UsageError(`invalid filter: ${text}`, 'A filter is KEY=VALUE');
    }
    filters[key] = [...(filters[key] ?? []), value];
  }
  return filters;
}
