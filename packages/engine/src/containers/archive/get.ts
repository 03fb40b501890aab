import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from '../context.ts';
import { beginWork, wordFailure } from './archive.ts';
import type { PathStat } from './job.ts';
import { statOf, type WorkLine } from './workers.ts';

export interface GetOptions {
  /** Whether a link at the end of the path is followed. */
  readonly follow: boolean;
  /** Names to use in the archive in the place of others. */
  readonly rename?: Readonly<Record<string, string>>;
}

export interface FetchedFiles {
  readonly stat: PathStat;
  /** A tar archive; reading it to the end or returning from it releases what it holds. */
  readonly archive: AsyncGenerator<Uint8Array, void, undefined>;
}

/**
 * Reads a file or a directory with all below it out of a container.
 * @throws SelkieError NO_SUCH_CONTAINER, NO_SUCH_FILE, INVALID_PARAMETER, HOST
 */
export async function getArchive(
  ctx: ContainerContext,
  reference: string,
  path: string,
  { follow, rename }: GetOptions,
  signal: AbortSignal,
): Promise<FetchedFiles> {
  const line = await beginWork(ctx, reference, () => ({
    kind: 'get',
    path,
    followLast: follow,
    ...(rename && { rename }),
  }));
  try {
    const stat = await statOf(line, signal);
    // Also where nobody ever reads it.
    const end = () => line[Symbol.dispose]();
    signal.addEventListener('abort', end, { once: true });
    return { stat, archive: read(line, reference, path, signal, () => signal.removeEventListener('abort', end)) };
  } catch (error) {
    line[Symbol.dispose]();
    throw wordFailure(error, reference, path);
  }
}

async function* read(
  line: WorkLine,
  reference: string,
  path: string,
  signal: AbortSignal,
  ended: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (;;) {
      const answer = await line.next(signal);
      if ('done' in answer) return;
      if (!('chunk' in answer)) throw new SelkieError('INTERNAL', { reason: 'the archive worker sent no archive' });
      yield answer.chunk;
      line.tell({ more: true });
    }
  } catch (error) {
    throw wordFailure(error, reference, path);
  } finally {
    ended();
    line[Symbol.dispose]();
  }
}
