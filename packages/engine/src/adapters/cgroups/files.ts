import { readFileSync } from 'node:fs';

/** The file's text; empty where it is not there, for kernels differ in what they offer and groups vanish while being read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}

/** A file of one number; `max` is Infinity, nothing is 0. */
export function readNumber(path: string): number {
  const text = readText(path).trim();
  return text === 'max' ? Number.POSITIVE_INFINITY : Number(text);
}

/** A file of `name number` lines. */
export function readFlat(path: string): Record<string, number> {
  const values: Record<string, number> = {};
  for (const line of readText(path).split('\n')) {
    const at = line.indexOf(' ');
    if (at > 0) values[line.slice(0, at)] = Number(line.slice(at + 1));
  }
  return values;
}

/** ENODEV: the group was removed while the file was open; EOPNOTSUPP: the controller is not enabled for it. */
export function isGone(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENODEV' || code === 'ENOTDIR' || code === 'EOPNOTSUPP' || code === 'ENOTSUP';
}
