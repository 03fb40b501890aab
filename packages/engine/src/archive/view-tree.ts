import { fstatSync } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import type { Place } from './place.ts';
import type { Trail } from './trail.ts';
import type { Tree } from './tree.ts';
import { MissingError, type View } from './view.ts';

const ENOTDIR = 20;

/** What is below a directory of a view, for extraction: links lead where they lead in the view, mounts are entered. */
export function viewTree(view: View, top: Trail): Tree {
  /** Where the directories handed out are; a number that was closed is overwritten when it is used again. */
  const paths = new Map<number, readonly string[]>();
  const handOut = (place: Place): number => {
    if (!fstatSync(place.fd).isDirectory()) {
      place[Symbol.dispose]();
      throw new SystemCallError('openat2', ENOTDIR, place.path.join('/'));
    }
    paths.set(place.fd, place.path);
    return place.fd;
  };
  const held = (fd: number) => {
    const path = paths.get(fd);
    if (path === undefined) throw new Error('not a directory of this tree');
    return { fd, path };
  };
  return {
    open(path) {
      try {
        return handOut(view.resolve(path.join('/'), { from: top }));
      } catch (error) {
        throw error instanceof MissingError ? error.cause : error;
      }
    },
    openChild: (dirFd, name) => handOut(view.child(held(dirFd), name)),
    covered: (dirFd, name) => view.covered(held(dirFd), name),
  };
}
