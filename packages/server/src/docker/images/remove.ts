import { imageDelete } from '@selkie/contract/docker/images';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { presentRemoval } from './present/removal.ts';

export const remove = handler(imageDelete, async ({ path, query, engine }) => {
  if (query.platforms?.length) unsupported('platforms', 'an image is here for one platform only');
  const image = engine.images.find(path.name);
  const removal = await engine.images.remove(path.name, { force: query.force, noprune: query.noprune });
  return json(200, presentRemoval(removal, image));
});
