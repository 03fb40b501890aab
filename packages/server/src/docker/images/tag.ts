import { imageTag } from '@selkie/contract/docker/images';
import { empty, handler } from '../../http/handler.ts';
import { targetName } from '../../translate/target-name.ts';

export const tag = handler(imageTag, ({ path, query, engine }) => {
  engine.images.tag(path.name, targetName(query));
  return empty(201);
});
