import type { ContainerContext } from './context.ts';

/** Containers whose exit is the first half of a restart: one that is to remove itself at its end stays for the second. */
const restarting = new WeakMap<ContainerContext, Map<string, number>>();

export function isRestarting(ctx: ContainerContext, id: string): boolean {
  return restarting.get(ctx)?.has(id) ?? false;
}

/** Until disposed; several restarts of one container may overlap. */
export function markRestarting(ctx: ContainerContext, id: string): Disposable {
  const marks = restarting.get(ctx) ?? new Map<string, number>();
  restarting.set(ctx, marks);
  marks.set(id, (marks.get(id) ?? 0) + 1);
  return {
    [Symbol.dispose]() {
      const left = (marks.get(id) ?? 1) - 1;
      if (left > 0) marks.set(id, left);
      else marks.delete(id);
    },
  };
}
