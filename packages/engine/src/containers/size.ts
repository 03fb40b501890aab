import type { ContainerContext } from './context.ts';

export interface ContainerSize {
  /** Bytes the container wrote; 0 for one on a directory of the host, which keeps no account. */
  readonly writable: number;
  /** With the image below it. */
  readonly total: number;
}

/** How much disk a container takes. Walks what it wrote. @throws SelkieError NO_SUCH_CONTAINER; the signal's reason on abort */
export async function size(ctx: ContainerContext, reference: string, signal: AbortSignal): Promise<ContainerSize> {
  const { id, image } = ctx.store.find(reference);
  if (image === undefined) return { writable: 0, total: 0 };
  const { size: writable } = await ctx.snapshots.usage(id, signal);
  const layers = image.chainIds.reduce((sum, chainId) => sum + ctx.snapshots.sizeOf(chainId), 0);
  return { writable, total: writable + layers };
}
