import type { ContainerContext } from './context.ts';
import type { ContainerDefinition, MountDefinition } from './definition.ts';
import type { AttachedVolume, ContainerRecord } from './record.ts';

/**
 * A definition with the mounts of the containers it takes volumes from, where it has none of its own at the same place; of two such the
 * first one's.
 * @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID
 */
export function withVolumesFrom(ctx: ContainerContext, definition: ContainerDefinition): ContainerDefinition {
  const { volumesFrom = [] } = definition;
  if (volumesFrom.length === 0) return definition;
  const mounts = new Map(definition.mounts.map((mount) => [mount.target, mount]));
  for (const { container, readOnly } of volumesFrom) {
    for (const mount of mountsOf(ctx.store.find(container))) {
      if (mounts.has(mount.target)) continue;
      mounts.set(mount.target, { ...mount, readOnly: readOnly || mount.readOnly });
    }
  }
  return { ...definition, mounts: [...mounts.values()] };
}

/** What another container can take over: directories of the host and volumes, also those it got without asking. */
function mountsOf({ definition, volumes }: ContainerRecord): MountDefinition[] {
  return [...definition.mounts.filter(({ type }) => type === 'bind'), ...volumes.map(volumeMount)];
}

function volumeMount({ name, target, readOnly, options, noCopy, subpath }: AttachedVolume): MountDefinition {
  return { type: 'volume', name, target, readOnly, options, noCopy, ...(subpath ? { subpath } : {}) };
}
