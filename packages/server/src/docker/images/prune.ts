import { imagePrune } from '@selkie/contract/docker/images';
import { booleanValue } from '@selkie/engine/filters/values';
import { handler, json } from '../../http/handler.ts';
import { imageFilters, PRUNE_FILTERS } from '../../translate/image-filters.ts';
import { presentRemoval } from './present/removal.ts';

/** Only nameless images, unless `dangling=false` asks for all that nothing uses. */
export const prune = handler(imagePrune, async ({ query, engine, signal }) => {
  const { dangling = [], ...others } = query.filters;
  const all = dangling.some((value) => !booleanValue('dangling', value));
  const pruned = await engine.images.prune({ all, filters: imageFilters(others, PRUNE_FILTERS) }, signal);
  const items = pruned.flatMap(({ image, removal }) => presentRemoval(removal, image));
  return json(200, {
    ImagesDeleted: items.length > 0 ? items : null,
    SpaceReclaimed: pruned.reduce((sum, { reclaimed }) => sum + reclaimed, 0),
  });
});
