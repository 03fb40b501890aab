import { containerArchiveInfo } from '@selkie/contract/docker/container-files';
import { empty, handler } from '../../http/handler.ts';
import { dockerPathStat, PATH_STAT_HEADER } from '../../present/path-stat.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archiveStat = handler(containerArchiveInfo, async ({ path: { id }, query, engine, signal }) => {
  const path = containerPath(query.path);
  const stat = await engine.containers.statPath(id, path, signal);
  return empty(200, { [PATH_STAT_HEADER]: dockerPathStat(stat, path) });
});
