import { isSelkieError, SelkieError } from '@selkie/contract';
import { containerDelete } from '@selkie/contract/libpod/containers';
import type { ContainerRemoveReport } from '@selkie/contract/libpod/types/container-runtime';
import type { Engine } from '@selkie/engine';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { errorText } from './error-text.ts';
import { stopTimeout } from './stop-timeout.ts';

interface Removal {
  readonly force: boolean;
  readonly volumes: boolean;
  readonly timeout?: number;
}

export const remove = handler(containerDelete, async ({ path, query, engine, signal }) => {
  if (query.link) unsupported('link', 'links between containers are not there');
  const record = find(engine, path.name, query.ignore);
  if (record === undefined) return json(200, []);
  const { timeout } = query;
  const removal = {
    force: query.force,
    volumes: query.v || query.volumes,
    ...(timeout === undefined ? {} : { timeout }),
  };
  const dependents = engine.containers.dependents(record.id);
  if (dependents.length > 0 && !query.depend) refuseDependents(record, dependents);
  const reports: ContainerRemoveReport[] = [];
  for (const { id } of dependents) reports.push(await reportOf(removeOne(engine, id, removal, signal), id));
  await removeOne(engine, record.id, removal, signal);
  return json(200, [...reports, { Id: record.id }]);
});

function find(engine: Engine, name: string, ignore: boolean): ContainerRecord | undefined {
  try {
    return engine.containers.inspect(name);
  } catch (error) {
    if (ignore && isSelkieError(error, 'NO_SUCH_CONTAINER')) return undefined;
    throw error;
  }
}

function refuseDependents({ id }: ContainerRecord, dependents: readonly ContainerRecord[]): never {
  const names = dependents.map((dependent) => dependent.id).join(', ');
  const reason = `container ${id} has dependent containers which must be removed before it: ${names}`;
  throw new SelkieError('CONTAINER_STATE', { reason });
}

/** By force means the way a stop goes: the container gets its time to end by itself. */
async function removeOne(engine: Engine, id: string, removal: Removal, signal: AbortSignal): Promise<void> {
  try {
    if (removal.force) await engine.containers.stop(id, stopTimeout(removal), signal);
  } catch (error) {
    if (!isSelkieError(error, 'NOT_MODIFIED') && !isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
  }
  try {
    await engine.containers.remove(id, removal, signal);
  } catch (error) {
    // Stopping made it remove itself.
    if (!(removal.force && isSelkieError(error, 'NO_SUCH_CONTAINER'))) throw error;
  }
}

async function reportOf(work: Promise<void>, id: string): Promise<ContainerRemoveReport> {
  try {
    await work;
    return { Id: id };
  } catch (error) {
    return { Id: id, Err: errorText(error) };
  }
}
