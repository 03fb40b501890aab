import { imageResolve } from '@selkie/contract/libpod/images';
import { formatReference, parseReference, withDefaultTag } from '@selkie/engine/images/reference';
import { handler, json } from '../../http/handler.ts';

export const resolve = handler(imageResolve, ({ path, engine }) => {
  const places = engine.shortNames.remote(withDefaultTag(parseReference(path.name)));
  return json(200, { Names: places.map(formatReference) });
});
