import { containerStats } from '@selkie/contract/docker/container-streams';
import type { StatsSample } from '@selkie/engine/containers/stats';
import { handler, ndjson } from '../../http/handler.ts';
import { presentStats } from '../../present/stats.ts';

const INTERVAL = 1000;

export const stats = handler(containerStats, ({ path, query, version, engine, signal }) => {
  const { id } = engine.containers.inspect(path.id);
  const oneShot = query['one-shot'];
  const samples = engine.containers.stats([id], { intervalMs: INTERVAL, stream: query.stream, oneShot }, signal);
  return ndjson(present(samples, version));
});

async function* present(samples: AsyncIterable<readonly StatsSample[]>, version: string) {
  for await (const [sample] of samples) if (sample !== undefined) yield presentStats(sample, version);
}
