import { containerLogs } from '@selkie/contract/docker/container-streams';
import { compareVersions } from '@selkie/contract/versions';
import { handler, raw } from '../../http/handler.ts';
import { MULTIPLEXED, RAW } from '../../stdio/attach.ts';
import { logBytes, logOptions } from '../../stdio/logs.ts';

export const logs = handler(containerLogs, async ({ path, query, version, engine, signal }) => {
  const { definition } = engine.containers.inspect(path.id);
  const { terminal } = definition.process;
  const batches = engine.containers.logs(path.id, logOptions(query), signal);
  const prefix = query.details ? detailsText(definition.log.options) : '';
  const bytes = logBytes(batches, { framed: !terminal, timestamps: query.timestamps, prefix });
  return raw(bytes, terminal || compareVersions(version, '1.42') < 0 ? RAW : MULTIPLEXED);
});

/** The attributes a log driver was told to add. */
function detailsText(options: Readonly<Record<string, string>>): string {
  const text = Object.entries(options)
    .filter(([key]) => key !== 'max-size' && key !== 'max-file')
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return `${text} `;
}
