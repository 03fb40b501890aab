import { printable } from './entry.ts';
import { ArchiveError } from './errors.ts';

export interface PathLimits {
  readonly maxPathLength: number;
  readonly maxDepth: number;
}

/**
 * The components of a member's name below the root, `.` and doubled slashes gone, `..` taken lexically as other readers do.
 * This is about meaning, not safety: whatever is left is resolved by the kernel inside the root.
 */
export function components(name: string, limits: PathLimits): string[] {
  if (name.length > limits.maxPathLength) throw new ArchiveError(`${printable(name)}: the path is too long`);
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) throw new ArchiveError(`${printable(name)}: the path leads out of the root`);
  }
  if (parts.length > limits.maxDepth) throw new ArchiveError(`${printable(name)}: the path is too deep`);
  return parts;
}

/** A path with its longest beginning that a map of names knows replaced. */
export function renamed(path: string[], names: Readonly<Record<string, string>>, limits: PathLimits): string[] {
  for (let length = path.length; length > 0; length--) {
    const name = names[path.slice(0, length).join('/')];
    if (name !== undefined) return [...components(name, limits), ...path.slice(length)];
  }
  return path;
}
