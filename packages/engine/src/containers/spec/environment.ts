import { SelkieError } from '@selkie/contract';
import { DEFAULT_PATH } from './defaults.ts';

/** The environment of a process: `own` over what every container has. Of two values of one variable the later wins. */
export function buildEnvironment(own: readonly string[], base: Readonly<Record<string, string>>): string[] {
  const variables = new Map(Object.entries({ PATH: DEFAULT_PATH, ...base }));
  for (const entry of own) {
    const at = entry.indexOf('=');
    if (at <= 0) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid environment variable: ${entry}` });
    if (entry.includes('\0')) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `environment variable ${entry.slice(0, at)} contains NUL` });
    }
    variables.set(entry.slice(0, at), entry.slice(at + 1));
  }
  return [...variables].map(([name, value]) => `${name}=${value}`);
}
