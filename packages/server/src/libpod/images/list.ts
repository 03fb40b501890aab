import { imageList } from '@selkie/contract/libpod/images';
import { layerSizes } from '@selkie/engine/images/sizes';
import { handler, json } from '../../http/handler.ts';
import { containersOf } from '../../present/containers-of.ts';
import { intermediate } from '../../present/intermediate.ts';
import { libpodFilters } from './filters.ts';
import { presentSummary } from './present/summary.ts';

/** Digests are always told. */
export const list = handler(imageList, ({ query, engine }) => {
  const all = engine.images.list();
  const containers = containersOf(engine);
  const filters = libpodFilters(query.filters, { all, isUsed: ({ id }) => containers.has(id) });
  const found = engine.images.list(filters, engine.shortNames);
  const isIntermediate = intermediate(all);
  const asked = query.all || 'intermediate' in query.filters;
  const sizes = query['shared-size'] ? layerSizes(all) : undefined;
  const shown = found.filter((image) => asked || !isIntermediate(image));
  return json(
    200,
    shown.map((image) =>
      presentSummary(image, {
        containers: containers.get(image.id)?.length ?? 0,
        sharedSize: sizes?.shared(image) ?? 0,
      }),
    ),
  );
});
