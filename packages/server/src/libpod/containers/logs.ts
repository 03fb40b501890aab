import { containerLogs } from '@selkie/contract/libpod/container-streams';
import { compareVersions } from '@selkie/contract/versions';
import { handler, raw } from '../../http/handler.ts';
import { MULTIPLEXED, RAW } from '../../stdio/attach.ts';
import { logBytes, logOptions } from '../../stdio/logs.ts';

/** Clients of this group read frames whether the container has a terminal or not. */
export const logs = handler(containerLogs, ({ path, query, version, engine, signal }) => {
  const batches = engine.containers.logs(path.name, logOptions(query), signal);
  const bytes = logBytes(batches, { framed: true, timestamps: query.timestamps });
  return raw(bytes, compareVersions(version, '4.7.0') >= 0 ? MULTIPLEXED : RAW);
});
