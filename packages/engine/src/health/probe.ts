import { writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { timerDelay, timestamp } from '../clock.ts';
import type { ContainerContext } from '../containers/context.ts';
import { newId } from '../containers/identity.ts';
import type { ContainerRecord, HealthResult } from '../containers/record.ts';
import { type RunProcess, runProcess } from '../exec/run.ts';
import { formatDuration } from '../time.ts';
import type { HealthCheck } from './check.ts';
import { checksDirectory, killCheck, PROCESS_FILE } from './leftovers.ts';
import { CheckOutput } from './output.ts';

/** What no process can exit with: it did not get to it. */
const NO_EXIT = -1;
/** The last output is there before the exit; a grandchild that keeps the stream open is not waited for. */
const DRAIN_MS = 500;

/**
 * Runs one check in a running container. A check that cannot be run or takes too long has failed: that is a result and no error.
 * @throws the signal's reason on abort, with the check's process killed
 */
export async function probe(
  ctx: ContainerContext,
  container: ContainerRecord,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<HealthResult> {
  const start = timestamp();
  const directory = join(checksDirectory(ctx), newId());
  const stopped = AbortSignal.any([signal, AbortSignal.timeout(timerDelay(check.timeout))]);
  const result = (exitCode: number, output: string): HealthResult => ({ start, end: timestamp(), exitCode, output });
  try {
    const process = await run(ctx, container, check, directory, signal);
    using stdio = process.stdio;
    const output = stdio && new CheckOutput(stdio);
    const exitCode = await exitOf(ctx, process, directory, stopped);
    signal.throwIfAborted();
    await Promise.race([output?.ended, sleep(DRAIN_MS, undefined, { ref: false })]);
    const text = output?.text ?? '';
    if (exitCode !== undefined) return result(exitCode, text);
    const limit = formatDuration(BigInt(Math.round(check.timeout * 1e6)));
    return result(NO_EXIT, `Health check exceeded timeout (${limit})${text && `: ${text}`}`);
  } catch (error) {
    signal.throwIfAborted();
    return result(NO_EXIT, error instanceof Error ? error.message : String(error));
  } finally {
    // Its monitor may still be leaving.
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function run(
  ctx: ContainerContext,
  container: ContainerRecord,
  { args }: HealthCheck,
  directory: string,
  signal: AbortSignal,
): Promise<RunProcess> {
  const definition = {
    command: args,
    env: [],
    terminal: false,
    attachStdin: false,
    attachStdout: true,
    attachStderr: true,
    privileged: false,
  };
  const process = await runProcess(ctx, { container, definition, directory, attach: true }, signal);
  writeFileSync(join(directory, PROCESS_FILE), `${process.pid} ${process.pidStart}`);
  return process;
}

/** Undefined when it was stopped first, and then it has been killed. */
async function exitOf(
  ctx: ContainerContext,
  { pid, pidStart }: RunProcess,
  directory: string,
  stopped: AbortSignal,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  using _watch = ctx.monitor.onExit(directory, resolve);
  const stop = () => {
    killCheck(pid, pidStart);
    resolve(undefined);
  };
  stopped.addEventListener('abort', stop);
  if (stopped.aborted) stop();
  try {
    return await promise;
  } finally {
    stopped.removeEventListener('abort', stop);
  }
}
