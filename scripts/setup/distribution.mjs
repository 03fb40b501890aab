import { readFileSync } from 'node:fs';
import { SetupError, say } from './report.mjs';
import { attempt, findProgram, run } from './run.mjs';

/**
 * A program (or, with `module`, a Python module) that must be there and the package that brings it. Looked up by program: a machine
 * may have runc from elsewhere, in a package that does not go together with the distribution's.
 * @typedef {{ program?: string, module?: string, in?: readonly string[], package: string }} Need
 */

const HELPERS = ['/usr/lib/podman', '/usr/libexec/podman'];

/** @type {readonly Need[]} */
const SERVICE = [
  { program: 'runc', package: 'runc' },
  { program: 'crun', package: 'crun' },
  { program: 'conmon', in: HELPERS, package: 'conmon' },
  { program: 'netavark', in: HELPERS, package: 'netavark' },
  { program: 'aardvark-dns', in: HELPERS, package: 'aardvark-dns' },
  { program: 'nft', package: 'nftables' },
  { program: 'catatonit', package: 'catatonit' },
  { program: 'ip', package: 'iproute2' },
];

/** @type {readonly Need[]} */
const TESTS = [
  { program: 'busybox', in: ['/bin'], package: 'busybox-static' },
  { program: 'skopeo', package: 'skopeo' },
  { program: 'git', package: 'git' },
  { module: 'docker', package: 'python3-docker' },
  { program: 'docker-compose', package: 'docker-compose' },
];

/** Oldest release of each distribution that packages everything above. */
const SUPPORTED = new Map([
  ['debian', 12],
  ['ubuntu', 24.04],
]);

/**
 * Installs the distribution packages that are missing.
 * @param {'service' | 'tests'} purpose
 */
export function ensurePackages(purpose) {
  const missing = (purpose === 'tests' ? [...SERVICE, ...TESTS] : SERVICE)
    .filter((need) => !present(need))
    .map((need) => need.package);
  if (missing.length === 0) return;
  requireSupported(missing);
  installPackages(missing);
}

/**
 * Installs packages by apt, which may not remove any for it.
 * @param {readonly string[]} names
 */
export function installPackages(names) {
  say(`installing ${names.join(' ')}`);
  updateIndex();
  run(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=300', 'install', '-qy', '--no-install-recommends', '--no-remove', ...names],
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      remedy: `see why with \`apt-get install ${names.join(' ')}\`, then run this again`,
    },
  );
}

let updated = false;

/** Refreshes apt's index, once a run. */
export function updateIndex() {
  if (updated) return;
  run('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'update', '-q'], {
    remedy: 'check the network and /etc/apt/sources.list*, then run this again',
  });
  updated = true;
}

/** @param {Need} need */
function present(need) {
  if (need.module !== undefined) return isInstalled(need.package);
  return need.program !== undefined && findProgram(need.program, need.in);
}

/** @param {string} name of a package */
export function isInstalled(name) {
  return attempt('dpkg-query', ['--status', name]).stdout.includes('\nStatus: install ok installed\n');
}

/** @param {readonly string[]} missing */
function requireSupported(missing) {
  const release = osRelease();
  const id = [release.ID ?? '', ...(release.ID_LIKE ?? '').split(' ')].find((name) => SUPPORTED.has(name));
  const minimum = SUPPORTED.get(id ?? '');
  const own = release.ID === id ? Number(release.VERSION_ID ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  if (minimum !== undefined && own >= minimum && findProgram('apt-get')) return;
  throw new SetupError(
    `${release.PRETTY_NAME ?? 'this distribution'} is not one set-up can install on (Debian 12 or later, Ubuntu 24.04 or later)`,
    `install by hand what is missing: ${missing.join(' ')}`,
  );
}

function osRelease() {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of readFileSync('/etc/os-release', 'utf8').split('\n')) {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) fields[key] = value.replace(/^(['"])(.*)\1$/, '$2');
  }
  return fields;
}
