import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import { openat2, RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS } from '@selkie/native/path';

/** The directory's place among cp's descriptors. */
const SOURCE = 3;

/**
 * Copies what a root filesystem has at a path, with owners, modes and attributes, into an empty directory. The path is resolved inside the root
 * and handed to cp as a descriptor, so no link in an image leads cp out. Nothing there: nothing copied.
 * @throws SelkieError HOST
 */
export async function copyUp(rootfs: string, path: string, target: string): Promise<void> {
  const source = openInside(rootfs, path);
  if (source === undefined) return;
  try {
    const cp = spawn('cp', ['-a', '--', `/proc/self/fd/${SOURCE}/.`, target], {
      stdio: ['ignore', 'ignore', 'pipe', source],
    });
    const said: Buffer[] = [];
    cp.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    const [code] = await once(cp, 'close');
    if (code !== 0) {
      throw new SelkieError('HOST', {
        reason: `cannot fill the volume at ${path}: ${Buffer.concat(said).toString().trim()}`,
      });
    }
  } finally {
    closeSync(source);
  }
}

function openInside(rootfs: string, path: string): number | undefined {
  const root = openSync(rootfs, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    return openat2(root, path, {
      flags: constants.O_RDONLY | constants.O_DIRECTORY,
      resolve: RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS,
    });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  } finally {
    closeSync(root);
  }
}
