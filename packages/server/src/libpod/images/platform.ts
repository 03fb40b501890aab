import { hostPlatform, normalize, type Platform } from '@selkie/engine/images/platform';

/** A platform in three parameters, each of which the host's takes the place of; undefined where none is given. */
export function platformOf(os?: string, architecture?: string, variant?: string): Platform | undefined {
  if (!os && !architecture && !variant) return undefined;
  const host = hostPlatform();
  return normalize({
    os: os || host.os,
    architecture: architecture || host.architecture,
    ...(variant ? { variant } : {}),
  });
}
