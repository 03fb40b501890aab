import { readFileSync } from 'node:fs';

/** Turns the host's user or group IDs into those inside a user namespace; an ID without a place in it is the overflow ID. */
export type IdMap = (id: number) => number;

const OVERFLOW = 65534;

/** Reads `/proc/<pid>/uid_map` or `gid_map`. Where it cannot be read IDs are taken as they are. */
export function readIdMap(path: string): IdMap {
  try {
    return parseIdMap(readFileSync(path, 'utf8'));
  } catch {
    return (id) => id;
  }
}

/** Lines of: first ID inside, first outside, how many. */
export function parseIdMap(text: string): IdMap {
  const ranges = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return (id) => {
    for (const [inside = 0, outside = 0, count = 0] of ranges) {
      if (id >= outside && id < outside + count) return inside + id - outside;
    }
    return OVERFLOW;
  };
}
