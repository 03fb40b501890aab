import { closeSync, constants, fstatSync } from 'node:fs';
import { posix } from 'node:path';
import { makeReadOnly } from '@selkie/native/mount-tree';
import { mkdirat, openat2, RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS } from '@selkie/native/path';
import { isCode } from '../../archive/directories.ts';
import { toPath } from '../../archive/entry.ts';
import type { Place } from '../../archive/place.ts';
import { MissingError, View } from '../../archive/view.ts';
import type { ViewPlan } from './job.ts';

/** The view of a plan; its descriptors are closed with it, or here where it cannot be. */
export function openView({ root, readOnly, mounts }: ViewPlan): View {
  const view = new View(root);
  const uncovered = mounts.map(({ tree }) => tree);
  try {
    for (const { target, tree } of mounts) {
      // Made where it is missing, as a start would.
      using place = mountPoint(view, target, fstatSync(tree).isDirectory());
      view.cover(place.path, tree);
      uncovered.shift();
    }
    if (readOnly) makeReadOnly(root);
    return view;
  } catch (error) {
    for (const tree of uncovered) closeSync(tree);
    view[Symbol.dispose]();
    throw error;
  }
}

function mountPoint(view: View, target: string, directory: boolean): Place {
  try {
    return view.resolve(bytes(target));
  } catch (error) {
    if (!(error instanceof MissingError) || target === '/') throw error;
  }
  using parent = mountPoint(view, posix.dirname(target), true);
  const name = bytes(posix.basename(target));
  try {
    if (directory) mkdirat(parent.fd, toPath(name), 0o755);
    else makeFile(parent.fd, name);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  return view.child(parent, name);
}

function makeFile(dirFd: number, name: string): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  closeSync(openat2(dirFd, toPath(name), { flags, mode: 0o644, resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS }));
}

/** Names are byte strings in a view. */
function bytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
