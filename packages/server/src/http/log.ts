export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type Level = (typeof LEVELS)[number];

/** Writes one entry; `fields` must not hold secrets. */
export type Log = (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;

export function isLevel(value: string): value is Level {
  return LEVELS.some((level) => level === value);
}

/** One JSON object per line, from `threshold` up. */
export function createLog(threshold: Level, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(threshold)) return;
    write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  };
}

/** An error as log fields, with its stack and its causes. */
export function errorFields(error: unknown): Readonly<Record<string, unknown>> {
  const chain: string[] = [];
  for (let e = error; e !== undefined && chain.length < 8; e = e instanceof Error ? e.cause : undefined) {
    chain.push(e instanceof Error ? (e.stack ?? e.message) : String(e));
  }
  return { error: chain.join('\ncaused by: ') };
}
