import type { Row } from '../row.ts';

/** Fills the parameters into a path template. */
export function encodePath(template: string, values: readonly string[]): string {
  let index = 0;
  return template.replace(/\{[^}]+\}/g, () => encodeURIComponent(values[index++] ?? ''));
}

/** How many parameters a path template has. */
export function parameterCount(template: string): number {
  return template.split('{').length - 1;
}

/** A query string with its question mark, or nothing. An array repeats its name, an object is sent as JSON. */
export function encodeQuery(row: Row, query: Readonly<Record<string, unknown>> = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    if (row.json?.includes(name)) search.append(name, JSON.stringify(value));
    else if (Array.isArray(value)) for (const item of value) search.append(name, String(item));
    else search.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
