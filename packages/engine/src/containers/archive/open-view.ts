import { closeSync, constants, statSync } from 'node:fs';
import { posix } from 'node:path';
import { cloneTree, emptyTmpfs, makeReadOnly } from '@selkie/native/mount-tree';
import { mkdirat, openat2, RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS } from '@selkie/native/path';
import { isCode } from '../../archive/directories.ts';
import { toPath } from '../../archive/entry.ts';
import { MissingError, type Place, View } from '../../archive/view.ts';
import type { MountedTree, ViewPlan } from './job.ts';

/** Makes a plan's view of detached mounts, which no other process sees and which end with the view. */
export function openView({ root, mounts }: ViewPlan): View {
  if ('fd' in root) return new View(root.fd);
  // Written to for the mount points, as a start would, before it is made read-only.
  const rootFd = openTree({ ...root, readOnly: false });
  const view = new View(rootFd);
  try {
    for (const { target, ...tree } of mounts) {
      using place = mountPoint(view, target, tree.source === undefined || statSync(tree.source).isDirectory());
      view.cover(place.path, openTree(tree));
    }
    if (root.readOnly) makeReadOnly(rootFd);
    return view;
  } catch (error) {
    view[Symbol.dispose]();
    throw error;
  }
}

function openTree({ source, readOnly, recursive }: MountedTree): number {
  const fd = source === undefined ? emptyTmpfs() : cloneTree(source, { recursive });
  try {
    if (readOnly) makeReadOnly(fd);
    return fd;
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The place something is mounted on, made where it is missing. */
function mountPoint(view: View, target: string, directory: boolean): Place {
  const path = Buffer.from(target).toString('latin1');
  try {
    return view.resolve(path);
  } catch (error) {
    if (!(error instanceof MissingError)) throw error;
  }
  if (target === '/') throw new Error('the root is missing');
  using parent = mountPoint(view, posix.dirname(target), true);
  const name = Buffer.from(posix.basename(target)).toString('latin1');
  try {
    if (directory) mkdirat(parent.fd, toPath(name), 0o755);
    else makeFile(parent.fd, name);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  return view.child(parent, name);
}

function makeFile(dirFd: number, name: string): void {
  closeSync(
    openat2(dirFd, toPath(name), {
      flags: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
      mode: 0o644,
      resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
    }),
  );
}
