import { imageUntag } from '@selkie/contract/libpod/images';
import { empty, handler } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { targetName } from '../../translate/target-name.ts';

/** Without a name the image loses all it has. */
export const untag = handler(imageUntag, ({ path, query, engine }) => {
  if (query.tag && !query.repo) invalid('repo parameter is required to untag an image');
  engine.images.untag(path.name, query.repo ? [targetName(query)] : [], engine.shortNames);
  return empty(201);
});
