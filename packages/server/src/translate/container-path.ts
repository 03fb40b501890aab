import { invalid } from './refuse.ts';

/** A path in a container; one that does not begin at the root is taken to. */
export function containerPath(path: string): string {
  if (path === '') invalid('bad parameter: path cannot be empty');
  if (path.includes('\0')) invalid('bad parameter: path has a NUL byte');
  return path.startsWith('/') ? path : `/${path}`;
}
