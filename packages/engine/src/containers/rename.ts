import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { claimName } from './identity.ts';

/** @throws SelkieError NO_SUCH_CONTAINER, NAME_IN_USE, INVALID_PARAMETER */
export async function rename(ctx: ContainerContext, reference: string, newName: string): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (newName.replace(/^\//, '') === record.name) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: 'Renaming a container with the same name as its current name',
      });
    }
    const name = claimName(ctx.store, newName);
    const renamed = ctx.store.put({ ...record, name });
    ctx.emit('container', 'rename', id, name, attributesOf(renamed, { oldName: `/${record.name}` }));
  });
}
