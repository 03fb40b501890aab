import { SelkieError } from '@selkie/contract';
import type { TerminalSize } from '../ports/monitor.ts';
import type { ContainerContext } from './context.ts';
import { keepSize } from './early-size.ts';
import { bundleOf } from './sandbox.ts';
import { isLive } from './status.ts';

/** Sets a container's terminal size; of one that a client waits for, once it starts. @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING */
export async function resize(ctx: ContainerContext, reference: string, size: TerminalSize): Promise<void> {
  const record = ctx.store.find(reference);
  if (!isLive(record) && ctx.waitingAttaches.has(record.id)) return keepSize(ctx, record.id, size);
  if (!isLive(record)) throw new SelkieError('CONTAINER_NOT_RUNNING', { id: record.id });
  await ctx.monitor.resize(bundleOf(ctx, record.id), size);
}
