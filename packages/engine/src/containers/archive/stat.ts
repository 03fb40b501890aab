import type { ContainerContext } from '../context.ts';
import { beginWork, wordFailure } from './archive.ts';
import type { PathStat } from './job.ts';
import { statOf } from './workers.ts';

/**
 * What a path in a container is; of a link at its end, the link.
 * @throws SelkieError NO_SUCH_CONTAINER, NO_SUCH_FILE, INVALID_PARAMETER, HOST
 */
export async function statPath(
  ctx: ContainerContext,
  reference: string,
  path: string,
  signal: AbortSignal,
): Promise<PathStat> {
  using line = await beginWork(ctx, reference, () => ({ kind: 'stat', path, followLast: false }));
  try {
    return await statOf(line, signal);
  } catch (error) {
    throw wordFailure(error, reference, path);
  }
}
