import { cpSync, existsSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, say } from './report.mjs';
import { run } from './run.mjs';

/** The manifest and lock that pin the Node binary, with digests, for each architecture. */
const PINNED = new URL('./node/', import.meta.url);

/**
 * Makes `.node/bin/node` the Node to run on: the machine's own where it is a fitting 24, otherwise the pinned one from the npm registry.
 * @param {string} checkout
 */
export function ensureNode(checkout) {
  point(join(checkout, '.node/bin/node'), fits(process.versions.node) ? process.execPath : pinnedNode(checkout));
}

/** Node 24 from 24.9 on (type stripping without a warning, `await using`). @param {string} version */
function fits(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 24 && minor >= 9;
}

/** @param {string} checkout */
function pinnedNode(checkout) {
  const name = `node-linux-${process.arch}`;
  /** @type {Record<string, string>} */
  const pinned = JSON.parse(readFileSync(new URL('package.json', PINNED), 'utf8')).optionalDependencies;
  const version = pinned[name];
  if (version === undefined) {
    throw new SetupError(
      `there is no Node to fetch for ${process.arch}`,
      'install Node 24 (24.9 or newer) yourself, then run this again',
    );
  }
  const home = join(checkout, '.node', version);
  const binary = join(home, 'node_modules', name, 'bin/node');
  if (existsSync(binary)) return binary;

  say(`fetching Node ${version}, this one is ${process.versions.node}`);
  const incoming = `${home}.${process.pid}`;
  mkdirSync(incoming, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(new URL(file, PINNED), join(incoming, file));
  try {
    run('npm', ['ci', '--prefix', incoming, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: incoming,
      remedy: 'check that npm reaches its registry, or install Node 24 (24.9 or newer) yourself; then run this again',
    });
    rmSync(home, { recursive: true, force: true });
    renameSync(incoming, home);
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
  return binary;
}

/**
 * @param {string} link
 * @param {string} target
 */
function point(link, target) {
  if (existsSync(link) && readlinkSync(link) === target) return;
  mkdirSync(join(link, '..'), { recursive: true });
  const fresh = `${link}.${process.pid}`;
  symlinkSync(target, fresh);
  renameSync(fresh, link);
}
