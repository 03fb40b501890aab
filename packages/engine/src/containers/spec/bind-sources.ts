import { mkdirSync, statSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import type { MountDefinition } from '../definition.ts';

/**
 * Refuses to bind what does not exist on the host, unless the client's form of request promises that it will be made.
 * @throws SelkieError INVALID_PARAMETER
 */
export function requireBindSources(mounts: readonly MountDefinition[]): void {
  for (const { source } of missing(mounts).filter(({ createSource }) => !createSource)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `invalid mount config for type "bind": bind source path does not exist: ${source}`,
    });
  }
}

/** Makes directories of what was promised to be made, and refuses the rest. @throws SelkieError INVALID_PARAMETER */
export function ensureBindSources(mounts: readonly MountDefinition[]): void {
  requireBindSources(mounts);
  for (const { source } of missing(mounts)) mkdirSync(source, { recursive: true, mode: 0o755 });
}

function missing(mounts: readonly MountDefinition[]): Extract<MountDefinition, { type: 'bind' }>[] {
  return mounts
    .filter((mount) => mount.type === 'bind')
    .filter(({ source }) => statSync(source, { throwIfNoEntry: false }) === undefined);
}
