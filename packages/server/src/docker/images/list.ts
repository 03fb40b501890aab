import { imageList } from '@selkie/contract/docker/images';
import { compareVersions } from '@selkie/contract/versions';
import { layerSizes } from '@selkie/engine/images/sizes';
import { handler, json } from '../../http/handler.ts';
import { containersOf } from '../../present/containers-of.ts';
import { intermediate } from '../../present/intermediate.ts';
import { DOCKER_FILTERS, imageFilters } from '../../translate/image-filters.ts';
import { presentManifests } from './present/manifests.ts';
import { presentSummary } from './present/summary.ts';

/** Digests are always told; `digests` is for clients of services that had to be asked for them. */
export const list = handler(imageList, async ({ query, version, engine }) => {
  const all = engine.images.list();
  const found = engine.images.list(imageFilters(query.filters, DOCKER_FILTERS));
  const shown = query.all ? found : found.filter(not(intermediate(all)));
  const sizes = query['shared-size'] ? layerSizes(all) : undefined;
  const since = (first: string) => compareVersions(version, first) >= 0;
  const containers = containersOf(engine);
  const manifests = query.manifests && since('1.47');
  const summaries = shown.map(async (image) => {
    const containerIds = containers.get(image.id) ?? [];
    const facts = { containerIds, identity: query.identity && since('1.54') };
    return presentSummary(image, {
      version,
      ...(sizes ? { sharedSize: sizes.shared(image) } : {}),
      ...(since('1.51') ? { containers: containerIds.length } : {}),
      ...(manifests ? { manifests: presentManifests(image, await engine.images.variants(image), facts) } : {}),
    });
  });
  return json(200, await Promise.all(summaries));
});

function not<T>(test: (item: T) => boolean): (item: T) => boolean {
  return (item) => !test(item);
}
