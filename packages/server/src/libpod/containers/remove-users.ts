import { isSelkieError } from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { StopOptions } from '@selkie/engine/containers/stop';

/** Stops and removes the containers that use what is to be removed by force. */
export async function removeContainers(
  engine: Engine,
  containers: readonly ContainerRecord[],
  options: StopOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of containers) {
    try {
      await engine.containers.stop(id, options, signal);
    } catch (error) {
      if (!isSelkieError(error, 'NOT_MODIFIED') && !isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
    }
    try {
      await engine.containers.remove(id, { force: true, volumes: true }, signal);
    } catch (error) {
      // Stopping made it remove itself.
      if (!isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
    }
  }
}
