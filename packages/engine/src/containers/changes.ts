import type { Change } from '../archive/changes.ts';
import type { ContainerContext } from './context.ts';
import { writtenLayer } from './written-layer.ts';

export interface FileChange {
  /** As the container sees it. */
  readonly path: string;
  readonly kind: 'modified' | 'added' | 'deleted';
}

/** What a container changed of its image's files, parents before what is in them. @throws SelkieError NO_SUCH_CONTAINER, CONFLICT, HOST */
export async function changes(ctx: ContainerContext, reference: string, signal: AbortSignal): Promise<FileChange[]> {
  const found = await ctx.trees.changes(writtenLayer(ctx, ctx.store.find(reference)), signal);
  return found.map(shownChange);
}

export function shownChange({ path, kind }: Change): FileChange {
  return { path: `/${Buffer.from(path, 'latin1').toString()}`, kind };
}
