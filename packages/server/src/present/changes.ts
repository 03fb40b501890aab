import type { FileChange } from '@selkie/engine/containers/changes';

const KINDS: Readonly<Record<FileChange['kind'], number>> = { modified: 0, added: 1, deleted: 2 };

/** Null where nothing changed, as both APIs have it. */
export function presentChanges(changes: readonly FileChange[]): { Path: string; Kind: number }[] | null {
  return changes.length === 0 ? null : changes.map(({ path, kind }) => ({ Path: path, Kind: KINDS[kind] }));
}
