import { readFileSync } from 'node:fs';

/** Where the host's hierarchies are mounted. */
export interface Hierarchies {
  readonly version: 1 | 2;
  /** Mount points of version 1 by controller; named ones as `name=systemd`. Empty on version 2. */
  readonly controllers: ReadonlyMap<string, string>;
  /** The unified hierarchy: everything on version 2, beside the others on a hybrid host. */
  readonly unified?: string;
}

/** Reads the mount table. A host is version 2 where no controller is mounted in the old way. */
export function readHierarchies(mountinfo = readFileSync('/proc/self/mountinfo', 'utf8')): Hierarchies {
  const controllers = new Map<string, string>();
  let unified: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const [mount = '', source = ''] = line.split(' - ');
    const path = mount.split(' ')[4];
    const [type, , options = ''] = source.split(' ');
    if (path === undefined) continue;
    if (type === 'cgroup2') unified ??= path;
    if (type !== 'cgroup') continue;
    for (const option of options.split(',')) {
      if (!['rw', 'ro', 'xattr', 'noprefix', 'clone_children'].includes(option) && !controllers.has(option)) {
        controllers.set(option, path);
      }
    }
  }
  const version = [...controllers.keys()].some((name) => !name.startsWith('name=')) ? 1 : 2;
  return { version, controllers: version === 1 ? controllers : new Map(), ...(unified !== undefined && { unified }) };
}

/** Every hierarchy's mount point once: several controllers may share one. */
export function mountPoints({ controllers, unified }: Hierarchies): string[] {
  return [...new Set([...controllers.values(), ...(unified === undefined ? [] : [unified])])];
}
