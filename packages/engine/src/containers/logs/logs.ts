import { statSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from '../context.ts';
import { logPathOf } from '../sandbox.ts';
import { isLive } from '../status.ts';
import type { LogEntry, LogOptions } from './entry.ts';
import { readLog } from './read.ts';

/**
 * What a container has written, in batches.
 * @throws SelkieError NO_SUCH_CONTAINER, INVALID_PARAMETER (neither stream), UNSUPPORTED (its log driver keeps nothing to read)
 */
export function logs(
  ctx: ContainerContext,
  reference: string,
  options: LogOptions,
  signal: AbortSignal,
): AsyncIterable<LogEntry[]> {
  const { id } = ctx.store.find(reference);
  if (!options.stdout && !options.stderr) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'Bad parameters: you must choose at least one stream' });
  }
  const record = ctx.store.find(id);
  const path = logPathOf(ctx, record);
  if (path === undefined) {
    throw new SelkieError('UNSUPPORTED', {
      what: 'reading logs',
      reason: `the log driver ${record.definition.log.driver} keeps none`,
    });
  }
  const writing = () => {
    const current = ctx.store.get(id);
    return current !== undefined && (isLive(current) || current.state.status === 'starting');
  };
  const ended = async (stop: AbortSignal) => {
    await ctx.store.until(record, () => !writing(), stop);
  };
  const end = options.writtenOnly ? (statSync(path, { throwIfNoEntry: false })?.size ?? 0) : undefined;
  return readLog({ path, ...(end === undefined ? {} : { end }), writing, ended }, options, signal);
}
