import { ApiError } from '@selkie/bindings';
import type { Context } from './command.ts';
import { EXIT, Failure } from './failure.ts';
import { fill } from './format/report.ts';

/** Podman's indent. */
const INDENT = 5;

/**
 * Prints what several names stand for, as JSON or by a template. What there is is printed even where another name is unknown.
 * @returns the exit code
 */
export async function printInspected(
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  names: readonly string[],
  format: string | undefined,
  find: (name: string) => Promise<unknown>,
): Promise<number> {
  const found: unknown[] = [];
  let code = 0;
  for (const result of await Promise.allSettled(names.map(find))) {
    if (result.status === 'fulfilled') found.push(result.value);
    else if (result.reason instanceof ApiError || result.reason instanceof Failure) {
      stderr.write(`Error: ${result.reason.message}\n`);
      code = EXIT.failure;
    } else throw result.reason;
  }
  if (format === undefined || format === 'json') stdout.write(`${JSON.stringify(found, null, INDENT)}\n`);
  else for (const item of found) stdout.write(`${await fill(format, item)}\n`);
  return code;
}
