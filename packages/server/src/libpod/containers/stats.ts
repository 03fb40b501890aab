import { SelkieError } from '@selkie/contract';
import { containerStats } from '@selkie/contract/libpod/container-streams';
import type { ContainerStatsDetail } from '@selkie/contract/libpod/types/container-runtime';
import type { StatsSample } from '@selkie/engine/containers/stats';
import { isLive } from '@selkie/engine/containers/status';
import { handler, ndjson } from '../../http/handler.ts';
import { presentStats } from '../../present/stats.ts';
import { invalid } from '../../translate/refuse.ts';

const INTERVAL = 5000;
/** The report's shape is that of one version of the other group, whose newer members no client of this one knows. */
const SHAPE = '1.44';

export const stats = handler(containerStats, ({ path, query, engine, signal }) => {
  if (query.stream && query['one-shot']) invalid('cannot have stream=true and one-shot=true');
  const record = engine.containers.inspect(path.name);
  if (!isLive(record)) throw new SelkieError('CONTAINER_NOT_RUNNING', { id: record.id });
  const options = { intervalMs: INTERVAL, stream: query.stream, oneShot: true };
  return ndjson(reports(engine.containers.stats([record.id], options, signal)));
});

/** Until it does not run any more. */
async function* reports(samples: AsyncIterable<readonly StatsSample[]>): AsyncGenerator<ContainerStatsDetail> {
  for await (const [sample] of samples) {
    if (sample?.current === undefined) return;
    const { id, ...report } = presentStats(sample, SHAPE);
    yield { ...report, name: sample.name, Id: sample.id };
  }
}
