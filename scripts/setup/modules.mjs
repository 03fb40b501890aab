import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from './report.mjs';
import { run } from './run.mjs';

/**
 * The members of a lock entry that say whether it is installed.
 * @typedef {{ version?: string, integrity?: string, link?: boolean, dev?: boolean, optional?: boolean, devOptional?: boolean }} Entry
 */

/**
 * Installs the npm dependencies where what is installed is not what the lock says.
 * @param {string} checkout
 * @param {'service' | 'tests'} purpose
 */
export function ensureModules(checkout, purpose) {
  if (upToDate(checkout, purpose)) return;
  say('installing npm dependencies');
  const omit = purpose === 'service' ? ['--omit=dev'] : [];
  run('npm', ['ci', '--prefix', checkout, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...omit], {
    cwd: checkout,
    remedy: 'check that npm reaches its registry, then run this again',
  });
}

/**
 * Compares entry by entry instead of dates, which a checkout or a copy changes.
 * @param {string} checkout
 * @param {'service' | 'tests'} purpose
 */
function upToDate(checkout, purpose) {
  const installed = entries(join(checkout, 'node_modules/.package-lock.json'));
  if (installed === undefined) return false;
  return Object.entries(entries(join(checkout, 'package-lock.json')) ?? {}).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true;
    const found = installed[path];
    // Binaries for other machines are never there.
    if (found === undefined)
      return wanted.optional === true || (purpose === 'service' && (wanted.dev || wanted.devOptional) === true);
    return found.version === wanted.version && found.integrity === wanted.integrity && found.link === wanted.link;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, Entry> | undefined}
 */
function entries(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}
