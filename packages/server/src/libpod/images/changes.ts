import { imageChanges } from '@selkie/contract/libpod/images';
import { handler, json } from '../../http/handler.ts';
import { presentChanges } from '../../present/changes.ts';
import { invalid, unsupported } from '../../translate/refuse.ts';

export const changes = handler(imageChanges, async ({ path, query, engine, signal }) => {
  if (query.parent) unsupported('parent', 'the top layer of an image is compared with those below it');
  const { diffType = 'image' } = query;
  if (diffType !== 'image' && diffType !== 'all') invalid(`invalid diffType ${JSON.stringify(diffType)} for an image`);
  const image = engine.images.find(path.name, engine.shortNames);
  return json(200, presentChanges(await engine.images.changes(image, signal)));
});
