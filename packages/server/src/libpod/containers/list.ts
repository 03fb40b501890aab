import { containerList } from '@selkie/contract/libpod/containers';
import { handler, json } from '../../http/handler.ts';
import { presentSummary } from './present/summary.ts';

/**
 * A client that says nothing sees what runs, and what is paused only if it asks. `sync` adds nothing, states are always true ones, and
 * neither does `external`: no other tool has containers in the engine's storage.
 */
export const list = handler(containerList, async ({ query, engine, signal }) => {
  const { all, filters, last, limit = last } = query;
  const everything = all || (limit ?? 0) > 0 || (filters.status ?? []).length > 0;
  const records = engine.containers.list({
    all: true,
    ...(limit ? { limit } : {}),
    filters: everything ? filters : { ...filters, status: ['running'] },
  });
  const summaries = records.map(async (record) =>
    presentSummary(record, {
      namespaces: query.namespace ? engine.containers.namespaceIds(record) : {},
      ...(query.size ? { size: await engine.containers.size(record.id, signal) } : {}),
    }),
  );
  return json(200, await Promise.all(summaries));
});
