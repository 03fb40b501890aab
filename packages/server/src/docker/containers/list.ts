import { containerList } from '@selkie/contract/docker/containers';
import { handler, json } from '../../http/handler.ts';
import { presentSummary } from './present/summary.ts';

export const list = handler(containerList, async ({ query, version, engine, signal }) => {
  const records = engine.containers.list({
    all: query.all,
    ...(query.limit ? { limit: query.limit } : {}),
    filters: query.filters,
  });
  const summaries = records.map(async (record) =>
    presentSummary(record, version, query.size ? await engine.containers.size(record.id, signal) : undefined),
  );
  return json(200, await Promise.all(summaries));
});
