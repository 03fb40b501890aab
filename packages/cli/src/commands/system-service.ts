import { fileURLToPath } from 'node:url';
import type { Command } from '../command.ts';
import { Failure } from '../failure.ts';

/** A service mostly waits: a small nursery for young objects spares 16 MB at no cost that shows. The same as `npm start`'s. */
const NODE_OPTIONS = ['--max-semi-space-size=4'];

/** Becomes the service: the same process, so that signals and supervisors reach it. */
export const systemService: Command = {
  invoke: async (_context, argv) => {
    const main = serviceProgram();
    // Options are the service's own, --help too.
    process.execve?.(process.execPath, [process.execPath, ...NODE_OPTIONS, main, ...argv], process.env);
    throw new Failure('this platform cannot run the service');
  },
};

function serviceProgram(): string {
  try {
    return fileURLToPath(import.meta.resolve('@selkie/server/main'));
  } catch (cause) {
    throw new Failure('the service is not installed beside this command', { cause });
  }
}
