import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import { claimName } from './identity.ts';
import { attachRequest } from './sandbox.ts';
import { isLive } from './status.ts';

/** @throws SelkieError NO_SUCH_CONTAINER, NAME_IN_USE, INVALID_PARAMETER, HOST */
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
    // Others on its networks find it by its new name. A service that is killed here sees to it at its next start.
    if (isLive(record) && record.definition.network.mode.kind === 'bridge') {
      await ctx.networks.change(attachRequest(ctx, record), attachRequest(ctx, renamed));
    }
    ctx.emit('container', 'rename', id, name, attributesOf(renamed, { oldName: `/${record.name}` }));
  });
}
