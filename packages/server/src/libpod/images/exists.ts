import { SelkieError } from '@selkie/contract';
import { imageExists } from '@selkie/contract/libpod/images';
import { empty, handler } from '../../http/handler.ts';

export const exists = handler(imageExists, ({ path: { name }, engine }) => {
  if (!engine.images.has(name, engine.shortNames)) throw new SelkieError('NO_SUCH_IMAGE', { name });
  return empty(204);
});
