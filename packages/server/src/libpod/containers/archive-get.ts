import { containerArchive } from '@selkie/contract/libpod/container-files';
import { handler, raw } from '../../http/handler.ts';
import { libpodPathStat, PATH_STAT_HEADER } from '../../present/path-stat.ts';
import { containerPath } from '../../translate/container-path.ts';

export const archiveGet = handler(containerArchive, async ({ path: { name }, query, engine, signal }) => {
  const path = containerPath(query.path);
  const { rename } = query;
  const options = { follow: true, ...(rename && { rename }) };
  const { stat, archive } = await engine.containers.getArchive(name, path, options, signal);
  return raw(archive, 'application/x-tar', { [PATH_STAT_HEADER]: libpodPathStat(stat, path) });
});
