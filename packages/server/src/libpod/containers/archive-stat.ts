import { SelkieError } from '@selkie/contract';
import { containerArchiveInfo } from '@selkie/contract/libpod/container-files';
import { empty, handler } from '../../http/handler.ts';
import { libpodPathStat, PATH_STAT_HEADER } from '../../present/path-stat.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archiveStat = handler(containerArchiveInfo, async ({ path: { name }, query, engine, signal }) => {
  const path = containerPath(query.path);
  const stat = await engine.containers.statPath(name, path, signal);
  if (!stat.exists) throw new SelkieError('NO_SUCH_FILE', { path, container: name });
  return empty(200, { [PATH_STAT_HEADER]: libpodPathStat(stat, path) });
});
