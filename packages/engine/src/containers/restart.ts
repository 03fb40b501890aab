import { isSelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { markRestarting } from './restarting.ts';
import { start } from './start.ts';
import { type StopOptions, stop } from './stop.ts';

/** Stops a container if it runs, and starts it. @throws SelkieError as stop and start */
export async function restart(
  ctx: ContainerContext,
  reference: string,
  options: StopOptions,
  signal: AbortSignal,
): Promise<void> {
  const record = ctx.store.find(reference);
  {
    using _ = markRestarting(ctx, record.id);
    await unlessNotModified(stop(ctx, record.id, options, signal));
  }
  await unlessNotModified(start(ctx, record.id, signal));
  ctx.emit('container', 'restart', record.id, record.name, attributesOf(record));
}

async function unlessNotModified(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isSelkieError(error, 'NOT_MODIFIED')) throw error;
  }
}
