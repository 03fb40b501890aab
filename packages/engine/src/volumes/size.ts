import { closeSync, constants, openSync } from 'node:fs';
import { diskUsage } from '../adapters/overlay/usage.ts';
import { isCode } from '../archive/directories.ts';

/** Bytes of the files below a directory; 0 where it is gone. @throws what `signal` was aborted with */
export async function directorySize(path: string, signal: AbortSignal): Promise<number> {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return 0;
    throw error;
  }
  try {
    return (await diskUsage(fd, signal)).size;
  } finally {
    closeSync(fd);
  }
}
