import { openChild, openInRoot } from './directories.ts';

/** The directories an archive is extracted into. Paths are components below the place extracted to. */
export interface Tree {
  /** A descriptor of a directory, as it would be seen from inside; the caller closes it. */
  open(path: readonly string[]): number;
  /** The same of an immediate child of a directory just opened, not of a link to one. */
  openChild(dirFd: number, name: string): number;
  /** Whether something is mounted on a name, so that the name must stay. */
  covered(dirFd: number, name: string): boolean;
}

/** A directory that is the root of everything, with nothing mounted below. */
export function plainTree(rootFd: number): Tree {
  return {
    open: (path) => openInRoot(rootFd, path),
    openChild,
    covered: () => false,
  };
}
