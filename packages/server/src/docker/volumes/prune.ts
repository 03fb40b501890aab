import { volumePrune } from '@selkie/contract/docker/volumes';
import { compareVersions } from '@selkie/contract/versions';
import type { Filters } from '@selkie/engine/filters/filters';
import { booleanValue } from '@selkie/engine/filters/values';
import { handler, json } from '../../http/handler.ts';
import { orNull } from '../containers/present/names.ts';

export const prune = handler(volumePrune, async ({ query, version, engine, signal }) => {
  const removed = await engine.volumes.prune(selected(query.filters, version), signal);
  return json(200, {
    VolumesDeleted: orNull(removed.map(({ volume }) => volume.name)),
    SpaceReclaimed: removed.reduce((sum, { size }) => sum + size, 0),
  });
});

/** Named volumes go only for old clients, and for those that ask for all. */
function selected({ all = [], ...filters }: Filters, version: string): Filters {
  const everything = all.map((value) => booleanValue('all', value)).includes(true);
  if (everything || compareVersions(version, '1.42') < 0) return filters;
  return { ...filters, anonymous: ['true'] };
}
