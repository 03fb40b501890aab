import { containerArchive } from '@selkie/contract/docker/container-files';
import { handler, raw } from '../../http/handler.ts';
import { dockerPathStat, PATH_STAT_HEADER } from '../../present/path-stat.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archiveGet = handler(containerArchive, async ({ path: { id }, query, engine, signal }) => {
  const path = containerPath(query.path);
  const { stat, archive } = await engine.containers.getArchive(id, path, { follow: false }, signal);
  return raw(archive, 'application/x-tar', { [PATH_STAT_HEADER]: dockerPathStat(stat, path) });
});
