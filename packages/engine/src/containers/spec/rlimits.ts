import { SelkieError } from '@selkie/contract';
import type { ResourcesDefinition } from '../definition.ts';
import type { HostFacts } from './host.ts';
import type { Warn } from './input.ts';
import type { OciRlimit } from './types.ts';

const NAMES = [
  'as',
  'core',
  'cpu',
  'data',
  'fsize',
  'locks',
  'memlock',
  'msgqueue',
  'nice',
  'nofile',
  'nproc',
  'rss',
  'rtprio',
  'rttime',
  'sigpending',
  'stack',
];

/** What a soft limit on open files is everywhere else; more makes programs that walk over every descriptor crawl. */
const SOFT_NOFILE = 1024;

/** Limits asked for, within what the host lets us set. Open files are always set: the service's own limit is not the container's. */
export function resolveRlimits(ulimits: ResourcesDefinition['ulimits'], host: HostFacts, warn: Warn): OciRlimit[] {
  const limits = new Map<string, OciRlimit>();
  const hard = host.openFiles;
  limits.set('RLIMIT_NOFILE', { type: 'RLIMIT_NOFILE', soft: Math.min(SOFT_NOFILE, hard), hard });
  for (const asked of ulimits) {
    const type = typeOf(asked.name);
    const soft = limitOf(asked.soft);
    const hard = limitOf(asked.hard);
    if (soft > hard) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `ulimit ${asked.name}: soft limit must be less than or equal to hard limit: ${asked.soft} > ${asked.hard}`,
      });
    }
    const max = host.maxRlimit(type);
    if (hard > max) warn(`ulimit ${asked.name} is limited to ${max} by this host`);
    limits.set(type, { type, soft: Math.min(soft, max), hard: Math.min(hard, max) });
  }
  return [...limits.values()];
}

function typeOf(name: string): string {
  const bare = name.toLowerCase().replace(/^rlimit_/, '');
  if (!NAMES.includes(bare)) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid ulimit type: ${name}` });
  return `RLIMIT_${bare.toUpperCase()}`;
}

function limitOf(value: number): number {
  return value < 0 ? Number.POSITIVE_INFINITY : value;
}
