import { imageInspect } from '@selkie/contract/docker/images';
import { compareVersions } from '@selkie/contract/versions';
import { handler, json } from '../../http/handler.ts';
import { containersOf } from '../../present/containers-of.ts';
import { invalid } from '../../translate/refuse.ts';
import { forPlatform } from './platform.ts';
import { presentImage } from './present/image.ts';
import { presentManifests } from './present/manifests.ts';

export const inspect = handler(imageInspect, async ({ path, query, version, engine }) => {
  const manifests = query.manifests && compareVersions(version, '1.48') >= 0;
  const platform = compareVersions(version, '1.49') >= 0 ? query.platform : undefined;
  if (manifests && platform) invalid('conflicting options: manifests and platform options cannot both be set');
  const image = forPlatform(engine.images.find(path.name), path.name, platform);
  const directories = engine.images.directories(image);
  if (!manifests) return json(200, presentImage(image, { version, directories }));
  const containerIds = containersOf(engine).get(image.id) ?? [];
  const variants = presentManifests(image, await engine.images.variants(image), { containerIds, identity: false });
  return json(200, presentImage(image, { version, directories, manifests: variants }));
});
