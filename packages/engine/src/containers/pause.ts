import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';

/** Freezes every process of a container. @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_NOT_RUNNING, CONTAINER_STATE */
export async function pause(ctx: ContainerContext, reference: string): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (record.state.status === 'paused') {
      throw new SelkieError('CONTAINER_STATE', { reason: `Container ${id} is already paused` });
    }
    if (record.state.status !== 'running') throw new SelkieError('CONTAINER_NOT_RUNNING', { id });
    await ctx.cgroups.freeze(ctx.cgroups.pathFor(id, record.definition.resources.cgroupParent));
    ctx.store.setState(record, { status: 'paused' });
    ctx.emit('container', 'pause', id, record.name, attributesOf(record));
  });
}

/** @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_STATE */
export async function unpause(ctx: ContainerContext, reference: string): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (record.state.status !== 'paused') {
      throw new SelkieError('CONTAINER_STATE', { reason: `Container ${id} is not paused` });
    }
    await ctx.cgroups.thaw(ctx.cgroups.pathFor(id, record.definition.resources.cgroupParent));
    ctx.store.setState(record, { status: 'running' });
    ctx.emit('container', 'unpause', id, record.name, attributesOf(record));
  });
}
