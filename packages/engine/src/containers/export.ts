import { closeSync, constants, openSync } from 'node:fs';
import type { ContainerContext } from './context.ts';

/**
 * A container's root filesystem as a tar, without what is mounted in it. It may run, and stop, meanwhile.
 * @throws SelkieError NO_SUCH_CONTAINER at the call; HOST from the stream
 */
export function exportRoot(ctx: ContainerContext, reference: string, signal: AbortSignal): AsyncIterable<Buffer> {
  const { id, image, definition } = ctx.store.find(reference);
  return (async function* () {
    using held = image === undefined ? undefined : ctx.snapshots.hold(id, image.chainIds);
    const path = held?.path ?? definition.rootfs ?? '';
    const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      yield* ctx.trees.tar(fd, signal);
    } finally {
      closeSync(fd);
    }
  })();
}
