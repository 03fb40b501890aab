import { arch } from 'node:process';
import { SelkieError } from '@selkie/contract';
import type { DescribedPlatform, Descriptor } from './content.ts';

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

const NODE_ARCHITECTURES: Readonly<Record<string, Platform>> = {
  x64: { os: 'linux', architecture: 'amd64' },
  arm64: { os: 'linux', architecture: 'arm64', variant: 'v8' },
  arm: { os: 'linux', architecture: 'arm', variant: 'v7' },
  ia32: { os: 'linux', architecture: '386' },
};

/** What this host runs. */
export function hostPlatform(): Platform {
  return NODE_ARCHITECTURES[arch] ?? { os: 'linux', architecture: arch };
}

const ALIASES: Readonly<Record<string, Omit<Platform, 'os'>>> = {
  x86_64: { architecture: 'amd64' },
  'x86-64': { architecture: 'amd64' },
  aarch64: { architecture: 'arm64' },
  armhf: { architecture: 'arm', variant: 'v7' },
  armel: { architecture: 'arm', variant: 'v6' },
  i386: { architecture: '386' },
};

/** Reads `os[/arch[/variant]]` or a bare architecture. @throws SelkieError INVALID_PARAMETER */
export function parsePlatform(text: string): Platform {
  const parts = text.toLowerCase().split('/');
  if (parts.length > 3 || parts.some((part) => !/^[a-z0-9_.-]+$/.test(part))) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `"${text}" is an invalid platform` });
  }
  const [first = '', second, third] = parts;
  const host = hostPlatform();
  if (second === undefined) {
    if (first === 'linux' || first === 'windows' || first === 'darwin') return { ...host, os: first };
    return normalize({ os: host.os, architecture: first });
  }
  return normalize({ os: first, architecture: second, ...(third && { variant: third }) });
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter(Boolean).join('/');
}

/** One spelling for each platform: aliases resolved, the variant everybody means by default named. */
export function normalize({ os, architecture, variant }: Platform): Platform {
  const alias = ALIASES[architecture] ?? { architecture };
  const named = variant ?? alias.variant;
  const full = named !== undefined && /^\d/.test(named) ? `v${named}` : named;
  const assumed = full ?? { arm64: 'v8', arm: 'v7' }[alias.architecture];
  // amd64/v1 is plain amd64.
  const kept = alias.architecture === 'amd64' && assumed === 'v1' ? undefined : assumed;
  return { os: os.toLowerCase(), architecture: alias.architecture, ...(kept !== undefined && { variant: kept }) };
}

/** How well something for `offered` runs where `wanted` is asked for; 0: not at all. */
function score(offered: Platform, wanted: Platform): number {
  const have = normalize(offered);
  const want = normalize(wanted);
  if (have.os !== want.os || have.architecture !== want.architecture) return 0;
  const haveLevel = level(have.variant);
  const wantLevel = level(want.variant);
  // Newer variants of an architecture run what was made for older ones.
  return haveLevel > wantLevel ? 0 : 100 - (wantLevel - haveLevel);
}

function level(variant: string | undefined): number {
  return variant === undefined ? 1 : Number.parseInt(variant.replace(/^v/, ''), 10) || 1;
}

export function runsOn(offered: Platform, wanted: Platform): boolean {
  return score(offered, wanted) > 0;
}

/** The manifest of an index that suits best, the first of equals. */
export function choose(manifests: readonly Descriptor[], wanted: Platform): Descriptor | undefined {
  let best: Descriptor | undefined;
  let bestScore = 0;
  for (const manifest of manifests) {
    // An entry without platform is taken to be for everybody, but only where nothing says more.
    const points = manifest.platform === undefined ? 0.5 : score(platformOf(manifest.platform), wanted);
    if (points > bestScore) [best, bestScore] = [manifest, points];
  }
  return best;
}

function platformOf({ os, architecture, variant }: DescribedPlatform): Platform {
  return { os, architecture, ...(variant !== undefined && variant !== '' && { variant }) };
}
