import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { acceptsHost } from './trial.ts';

export interface ProbedRuntime {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  /** All it says about its version, as libpod's info shows it. */
  readonly description: string;
  /** What it was built with, lower case: systemd, seccomp, … */
  readonly features: readonly string[];
}

/** The faster one first. */
const PREFERRED = ['crun', 'runc'];
/** How Docker's clients spell "the usual one". */
const DEFAULT_NAMES = new Set(['', 'io.containerd.runc.v2', 'io.containerd.runtime.v1.linux']);
/** Where a service started without a login's PATH still finds programs. */
const FALLBACK_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const TIMEOUT_MS = 10_000;

const found = new Map<string, ProbedRuntime>();
let chosen: ProbedRuntime | undefined;

/**
 * The runtime asked for by name, or the one that suits this host best. Looked for once; a runtime that was there stays.
 * @throws SelkieError INVALID_PARAMETER for a name that is no runtime of this host, HOST where none is installed
 */
export function probeRuntime(name?: string): ProbedRuntime {
  if (name === undefined || DEFAULT_NAMES.has(name)) {
    chosen ??= choose(runtimes());
    return chosen;
  }
  const runtime = PREFERRED.includes(name) ? look(name) : undefined;
  if (runtime === undefined) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `unknown or invalid runtime name: ${name}` });
  }
  return runtime;
}

/** Every runtime of this host, preferred ones first. */
export function runtimes(): ProbedRuntime[] {
  return PREFERRED.flatMap((name) => look(name) ?? []);
}

/** The first that accepts this host; the last is not tried, for its own words at the first container tell more than a refusal here. */
export function choose(
  candidates: readonly ProbedRuntime[],
  accepts: (path: string) => boolean = acceptsHost,
): ProbedRuntime {
  const last = candidates.at(-1);
  if (last === undefined) {
    throw new SelkieError('HOST', { reason: `no OCI runtime (${PREFERRED.join(', ')}) is installed` });
  }
  return candidates.slice(0, -1).find(({ path }) => accepts(path)) ?? last;
}

function look(name: string): ProbedRuntime | undefined {
  const known = found.get(name);
  if (known !== undefined) return known;
  const path = findExecutable(name);
  if (path === undefined) return undefined;
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: TIMEOUT_MS });
  const probed = status === 0 ? describe(name, path, stdout) : undefined;
  if (probed !== undefined) found.set(name, probed);
  return probed;
}

/** Reads `<name> version <version>` and the lines after it. */
export function describe(name: string, path: string, text: string): ProbedRuntime | undefined {
  const version = /^\S+ version (\S+)/.exec(text)?.[1];
  if (version === undefined) return undefined;
  const flags = [...text.matchAll(/\+([A-Z_0-9]+)/g)].map(([, flag = '']) => flag.toLowerCase());
  // runc has the systemd manager always and says of seccomp which library it has.
  const own = name === 'runc' ? ['systemd', ...(/^libseccomp:/m.test(text) ? ['seccomp'] : [])] : flags;
  return { name, path, version, description: text.trim(), features: own };
}

export function findExecutable(
  name: string,
  searchPath = `${process.env.PATH ?? ''}${delimiter}${FALLBACK_PATH}`,
): string | undefined {
  return searchPath
    .split(delimiter)
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
