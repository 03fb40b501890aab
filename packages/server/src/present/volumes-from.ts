import type { ContainerDefinition } from '@selkie/engine/containers/definition';

/** As a client wrote them; null for none. */
export function presentVolumesFrom({ volumesFrom = [] }: ContainerDefinition): string[] | null {
  if (volumesFrom.length === 0) return null;
  return volumesFrom.map(({ container, readOnly }) => (readOnly ? `${container}:ro` : container));
}
