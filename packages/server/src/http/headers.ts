import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Group, VERSIONS } from '@selkie/contract';
import { VERSION } from '@selkie/engine/version';
import type { Headers } from './header-map.ts';

const common = {
  'Api-Version': VERSIONS.docker.max,
  'Libpod-Api-Version': VERSIONS.libpod.max,
  'Docker-Experimental': 'false',
  Ostype: 'linux',
  Server: `Selkie/${VERSION} (linux)`,
} as const;

/** What every response says about the service; clients negotiate their version by it. */
export function serviceHeaders(reference: string): Headers {
  return { ...common, 'X-Reference-Id': reference };
}

/** What `_ping` says besides; nothing on the way may cache it. */
export function pingHeaders(group: Group): Headers {
  return {
    'Builder-Version': '1',
    'Cache-Control': 'no-cache, no-store, must-revalidate',
    Pragma: 'no-cache',
    ...(group === 'docker' && { Swarm: 'inactive' }),
  };
}

/** The client's own reference for a request, or a new one. */
export function referenceOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-reference-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomBytes(8).toString('hex');
}
