import { imagePrune } from '@selkie/contract/libpod/image-remove';
import { handler, json } from '../../http/handler.ts';
import { containersOf } from '../../present/containers-of.ts';
import { bareId } from '../containers/present/image.ts';
import { libpodFilters } from './filters.ts';

/** `external` and `buildcache` add what other tools and builds left, of which there is nothing. */
export const prune = handler(imagePrune, async ({ query, engine, signal }) => {
  const containers = containersOf(engine);
  const context = { all: engine.images.list(), isUsed: ({ id }: { readonly id: string }) => containers.has(id) };
  const filters = libpodFilters(query.filters, context);
  const pruned = await engine.images.prune({ all: query.all, filters }, signal);
  return json(
    200,
    pruned.map(({ image, reclaimed }) => ({ Id: bareId(image.id), Size: reclaimed })),
  );
});
