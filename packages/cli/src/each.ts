import { ApiError } from '@selkie/bindings';
import type { Context } from './command.ts';
import { EXIT, Failure } from './failure.ts';

interface EachOptions {
  /** Exit code where a service's answer is the reason. */
  readonly exitCode?: (error: ApiError) => number;
}

/**
 * Does the same to several things at once and prints what each comes to, in their order. A failure is told and keeps none of the others
 * from being done.
 * @returns the exit code
 */
export async function each<T>(
  { stdout, stderr }: Context,
  items: readonly T[],
  act: (item: T) => Promise<string | undefined>,
  { exitCode = () => EXIT.failure }: EachOptions = {},
): Promise<number> {
  let code = 0;
  const results = await Promise.allSettled(items.map(act));
  for (const result of results) {
    if (result.status === 'fulfilled') {
      if (result.value !== undefined) stdout.write(`${result.value}\n`);
    } else if (result.reason instanceof ApiError || result.reason instanceof Failure) {
      stderr.write(`Error: ${result.reason.message}\n`);
      code = result.reason instanceof ApiError ? exitCode(result.reason) : result.reason.exitCode;
    } else {
      throw result.reason;
    }
  }
  return code;
}

/** Codes of rm and rmi: 1 there is none, 2 it is in use. */
export function removalExitCode({ status }: ApiError): number {
  return status === 404 ? 1 : status === 409 ? 2 : EXIT.failure;
}
