import { closeSync, constants, openSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import { cloneTree, emptyTmpfs, makeReadOnly } from '@selkie/native/mount-tree';
import { O_PATH, openat2, RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS } from '@selkie/native/path';
import type { MountDefinition } from '../definition.ts';
import type { AttachedVolume } from '../record.ts';
import { bindOptions } from '../spec/mount-options.ts';

/** A detached tree of what a start would bind. */
export function boundTree({ source, target, readOnly, options }: Extract<MountDefinition, { type: 'bind' }>): number {
  return bind(source, bindOptions(options, { target, readOnly, selinux: false }));
}

/** Of a tmpfs there is nothing while a container does not run, and what was written to it would be gone when it does. */
export function emptyTree(): number {
  return restricted(emptyTmpfs(), true);
}

/** A detached tree of a volume that is ready, or of what it has at its subpath. @throws SelkieError INVALID_PARAMETER */
export function volumeTree({ path, subpath, target, readOnly, options }: AttachedVolume): number {
  const bound = bindOptions(
    options.filter((option) => option !== 'copy' && option !== 'nocopy'),
    { target, readOnly, selinux: false },
  );
  if (subpath === undefined) return bind(path, bound);
  const found = openInside(path, subpath);
  try {
    return bind(`/proc/self/fd/${found}`, bound);
  } finally {
    closeSync(found);
  }
}

function bind(source: string, options: readonly string[]): number {
  return restricted(cloneTree(source, { recursive: options.includes('rbind') }), options.includes('ro'));
}

function restricted(tree: number, readOnly: boolean): number {
  try {
    if (readOnly) makeReadOnly(tree);
    return tree;
  } catch (error) {
    closeSync(tree);
    throw error;
  }
}

function openInside(volume: string, subpath: string): number {
  const root = openSync(volume, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return openat2(root, subpath, { flags: O_PATH, resolve: RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS });
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : String(cause);
    throw new SelkieError('INVALID_PARAMETER', { reason: `cannot access subpath "${subpath}": ${because}` }, { cause });
  } finally {
    closeSync(root);
  }
}
