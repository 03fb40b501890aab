import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';
import { readFlat, readText } from './files.ts';

const ATTEMPTS = 200;
const STEP_MS = 5;

/** How one version freezes a group. */
interface Freezer {
  readonly set: (frozen: boolean) => void;
  readonly isFrozen: () => boolean;
}

function freezerV1(directory: string): Freezer {
  const file = join(directory, 'freezer.state');
  return {
    set: (frozen) => writeFileSync(file, frozen ? 'FROZEN' : 'THAWED'),
    isFrozen: () => readText(file).trim() === 'FROZEN',
  };
}

function freezerV2(directory: string): Freezer {
  return {
    set: (frozen) => writeFileSync(join(directory, 'cgroup.freeze'), frozen ? '1' : '0'),
    isFrozen: () => readFlat(join(directory, 'cgroup.events')).frozen === 1,
  };
}

export function freezerOf(version: 1 | 2, directory: string): Freezer {
  return version === 1 ? freezerV1(directory) : freezerV2(directory);
}

/**
 * Freezes every process of a group. Version 1 can get stuck half-way when a process forks meanwhile; asking anew moves it on.
 * @throws SelkieError HOST, with the group thawed again
 */
export async function freeze(freezer: Freezer): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    freezer.set(true);
    if (freezer.isFrozen()) return;
    await sleep(STEP_MS);
    if (freezer.isFrozen()) return;
    if (attempt % 50 === 49) freezer.set(false);
  }
  freezer.set(false);
  throw new SelkieError('HOST', { reason: 'the container does not freeze' });
}
