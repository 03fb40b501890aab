import type { ContainerContext } from './context.ts';
import type { ContainerRecord } from './record.ts';

/** Containers that join a namespace of this one, those that join one of theirs first. @throws SelkieError NO_SUCH_CONTAINER */
export function dependents(ctx: ContainerContext, reference: string): ContainerRecord[] {
  const found = new Map<string, ContainerRecord>();
  const collect = ({ id, name }: ContainerRecord) => {
    for (const other of ctx.store.all()) {
      if (found.has(other.id) || !namesShared(other).some((named) => named === name || isPrefix(named, id))) continue;
      found.set(other.id, other);
      collect(other);
    }
  };
  collect(ctx.store.find(reference));
  return [...found.values()].reverse();
}

/** Full IDs of the containers whose namespaces one joins; of those that are still there. @throws SelkieError NO_SUCH_CONTAINER */
export function dependencies(ctx: ContainerContext, reference: string): string[] {
  const named = namesShared(ctx.store.find(reference));
  return [...new Set(named.flatMap((name) => idOf(ctx, name)))];
}

function idOf(ctx: ContainerContext, name: string): string[] {
  try {
    return [ctx.store.find(name).id];
  } catch {
    return []; // Removed, which the engine does not forbid.
  }
}

/** The containers whose namespaces one asked to join, as it named them. */
function namesShared({ definition }: Pick<ContainerRecord, 'definition'>): string[] {
  return [...Object.values(definition.namespaces), definition.network.mode].flatMap((mode) =>
    mode.kind === 'container' ? [mode.container] : [],
  );
}

function isPrefix(named: string, id: string): boolean {
  return /^[0-9a-f]+$/.test(named) && id.startsWith(named);
}
