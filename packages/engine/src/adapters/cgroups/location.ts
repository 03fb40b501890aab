import { posix } from 'node:path';
import { SelkieError } from '@selkie/contract';

export type Manager = 'cgroupfs' | 'systemd';

const PREFIX = 'selkie';
const DEFAULT_SLICE = 'system.slice';

/**
 * What an OCI spec's `cgroupsPath` is for a container: a directory below every hierarchy's mount point, or for systemd
 * `slice:prefix:name`.
 * @throws SelkieError INVALID_PARAMETER for a parent the manager cannot use
 */
export function pathFor(manager: Manager, containerId: string, parent: string | undefined): string {
  if (manager === 'systemd') {
    const slice = parent || DEFAULT_SLICE;
    if (!/^[\w.:@-]+\.slice$/.test(slice) || slice.includes(':')) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `invalid cgroup parent "${slice}": the systemd manager needs the name of a slice`,
      });
    }
    return `${slice}:${PREFIX}:${containerId}`;
  }
  const above = parent || PREFIX;
  if (above.split('/').includes('..') || above.includes('\0')) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid cgroup parent "${above}"` });
  }
  return posix.join('/', above, containerId);
}

/** The directory of a `cgroupsPath`, relative to a hierarchy's mount point. */
export function directoryOf(cgroupsPath: string): string {
  const [slice = '', prefix, name] = cgroupsPath.split(':');
  if (prefix === undefined || name === undefined) return cgroupsPath;
  return posix.join(sliceDirectory(slice), `${prefix}-${name}.scope`);
}

/** systemd nests a slice by the dashes of its name: `a-b.slice` lies in `a.slice`. */
function sliceDirectory(slice: string): string {
  const base = slice.replace(/\.slice$/, '');
  if (base === '-') return '/';
  const parts = base.split('-');
  return posix.join('/', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('-')}.slice`));
}
