import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from '../context.ts';
import type { ContainerRecord } from '../record.ts';
import type { ArchiveWork } from './job.ts';
import { planView } from './plan.ts';
import { ArchiveWorkError, type WorkLine } from './workers.ts';

type Described<W> = W extends unknown ? Omit<W, 'view'> : never;

/**
 * Begins work on a container's files; disposing it gives up what is not done.
 * @param describe what is to be done, told the record and a path of the host to its root
 * @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_STATE, INVALID_PARAMETER (a bind source that is not there)
 */
export async function beginWork(
  ctx: ContainerContext,
  reference: string,
  describe: (record: ContainerRecord, root: string) => Described<ArchiveWork>,
): Promise<WorkLine> {
  const { id } = ctx.store.find(reference);
  return ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    if (record.state.status === 'removing' || record.state.status === 'dead') {
      throw new SelkieError('CONTAINER_STATE', { reason: `container ${id} is marked for removal` });
    }
    const held = await planView(ctx, record);
    try {
      const work = describe(record, `/proc/self/fd/${held.plan.root}`);
      return ctx.archives.begin({ ...work, view: held.plan }, () => held[Symbol.dispose]());
    } catch (error) {
      held.abandon();
      held[Symbol.dispose]();
      throw error;
    }
  });
}

/** The error of the table for what went wrong with a container's path. */
export function wordFailure(error: unknown, container: string, path: string): unknown {
  if (!(error instanceof ArchiveWorkError)) return error;
  const { kind, reason } = error.failure;
  switch (kind) {
    case 'missing':
      return new SelkieError('NO_SUCH_FILE', { path, container }, { cause: error });
    case 'read-only-root':
    case 'read-only-volume':
      return new SelkieError('FORBIDDEN', { reason }, { cause: error });
    case 'host':
      return new SelkieError('HOST', { reason }, { cause: error });
    default:
      return new SelkieError('INVALID_PARAMETER', { reason }, { cause: error });
  }
}
