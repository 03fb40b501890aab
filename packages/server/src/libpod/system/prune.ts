import { systemPrune } from '@selkie/contract/libpod/system';
import { handler, json } from '../../http/handler.ts';
import { imageFilters, PRUNE_FILTERS } from '../../translate/image-filters.ts';
import { errorText } from '../containers/error-text.ts';
import { bareId } from '../containers/present/image.ts';

/** Containers first: they hold what the others let go of. `build` and `external` add nothing, for there is nothing of that kind. */
export const prune = handler(systemPrune, async ({ query, engine, signal }) => {
  const filters = imageFilters(query.filters, PRUNE_FILTERS);
  const containers = await engine.containers.prune(query.filters, signal);
  const networks = await engine.networks.prune(query.filters);
  const volumes = query.volumes ? await engine.volumes.prune(query.filters, signal) : [];
  const images = await engine.images.prune({ all: query.all, filters }, signal);
  const reports = {
    ContainerPruneReports: [
      ...containers.removed.map(({ id, size }) => ({ Id: id, Size: size })),
      ...containers.errors.map(({ id, error }) => ({ Id: id, Err: errorText(error), Size: 0 })),
    ],
    VolumePruneReports: volumes.map(({ volume, size }) => ({ Id: volume.name, Size: size })),
    ImagePruneReports: images.map(({ image, reclaimed }) => ({ Id: bareId(image.id), Size: reclaimed })),
  };
  return json(200, {
    ...reports,
    PodPruneReport: null,
    NetworkPruneReports: networks.map(({ name }) => ({ Name: name, Error: null })),
    ReclaimedSpace: Object.values(reports)
      .flat()
      .reduce((sum, { Size }) => sum + Size, 0),
  });
});
