import { type Group, SelkieError } from './errors.ts';

/** The versions this service answers, inclusive; outside them a request gets 400. */
export const VERSIONS = {
  docker: { min: '1.24', max: '1.55' },
  libpod: { min: '4.0.0', max: '5.8.2' },
} as const;

/** Orders dotted numeric versions: negative, zero or positive as `a` is older, equal or newer than `b`. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` lies in [since, until]. */
export function inRange(version: string, since?: string, until?: string): boolean {
  return (
    (since === undefined || compareVersions(version, since) >= 0) &&
    (until === undefined || compareVersions(version, until) <= 0)
  );
}

/**
 * The version a request is answered in: what its path asked for, or the newest where the path has none.
 * A libpod client may send the Docker group's number and the other way round (podman's own service takes both).
 * @throws SelkieError VERSION_TOO_OLD, VERSION_TOO_NEW
 */
export function resolveVersion(group: Group, asked: string | undefined): string {
  if (asked === undefined) return VERSIONS[group].max;
  const kind: Group = Number(asked.split('.')[0]) >= 2 ? 'libpod' : 'docker';
  const { min, max } = VERSIONS[kind];
  if (compareVersions(asked, min) < 0) throw new SelkieError('VERSION_TOO_OLD', { version: asked, min });
  if (!withinMax(asked, max)) throw new SelkieError('VERSION_TOO_NEW', { version: asked, max });
  return kind === group ? asked : VERSIONS[group].max;
}

/** A patch release newer than ours is still the same API: only major.minor counts against the maximum. */
function withinMax(asked: string, max: string): boolean {
  const minor = (v: string) => v.split('.').slice(0, 2).join('.');
  return compareVersions(minor(asked), minor(max)) <= 0;
}
