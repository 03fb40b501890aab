import { imageTag } from '@selkie/contract/libpod/images';
import { empty, handler } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { targetName } from '../../translate/target-name.ts';

export const tag = handler(imageTag, ({ path, query, engine }) => {
  if (!query.repo) invalid('repo parameter is required to tag an image');
  engine.images.tag(path.name, targetName(query), engine.shortNames);
  return empty(201);
});
