import { containersStatsAll } from '@selkie/contract/libpod/container-streams';
import type { ContainerStatsReport } from '@selkie/contract/libpod/types/container-runtime';
import type { StatsSample } from '@selkie/engine/containers/stats';
import { handler, ndjson } from '../../http/handler.ts';
import { errorText } from './error-text.ts';
import { presentUse } from './present/use.ts';

const DEFAULT_INTERVAL = 5;

export const statsAll = handler(containersStatsAll, ({ query, engine, signal }) => {
  const { containers = [], all, stream, interval } = query;
  const targets = containers.length > 0 ? containers : all ? 'all' : 'running';
  const options = { intervalMs: (interval || DEFAULT_INTERVAL) * 1000, stream, oneShot: true };
  return ndjson(reports(engine.containers.stats(targets, options, signal)));
});

/** What fails once the reports have begun is one of them, and the last. */
async function* reports(samples: AsyncIterable<readonly StatsSample[]>): AsyncGenerator<ContainerStatsReport> {
  try {
    for await (const taken of samples) yield { Error: null, Stats: taken.map(presentUse) };
  } catch (error) {
    yield { Error: errorText(error), Stats: null };
  }
}
