import { mkdirSync, statSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import type { MountDefinition } from '../definition.ts';

/**
 * Checks that what is to be bound exists on the host, making directories where the client's form of request promises it.
 * @throws SelkieError INVALID_PARAMETER
 */
export function ensureBindSources(mounts: readonly MountDefinition[]): void {
  for (const mount of mounts) {
    if (mount.type !== 'bind' || statSync(mount.source, { throwIfNoEntry: false }) !== undefined) continue;
    if (!mount.createSource) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `invalid mount config for type "bind": bind source path does not exist: ${mount.source}`,
      });
    }
    mkdirSync(mount.source, { recursive: true, mode: 0o755 });
  }
}
