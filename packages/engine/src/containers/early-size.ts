import type { TerminalSize } from '../ports/monitor.ts';
import type { ContainerContext } from './context.ts';

/** Sizes of terminals that are still to come: clients that attach before the start tell theirs at once, and only then. */
const sizes = new WeakMap<ContainerContext, Map<string, TerminalSize>>();

export function keepSize(ctx: ContainerContext, id: string, size: TerminalSize): void {
  const kept = sizes.get(ctx) ?? new Map<string, TerminalSize>();
  sizes.set(ctx, kept.set(id, size));
}

/** The size kept for a container, which is forgotten by that. */
export function takeSize(ctx: ContainerContext, id: string): TerminalSize | undefined {
  const size = sizes.get(ctx)?.get(id);
  sizes.get(ctx)?.delete(id);
  return size;
}
