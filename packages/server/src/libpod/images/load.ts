import { imageLoad } from '@selkie/contract/libpod/image-transfer';
import { handler, json } from '../../http/handler.ts';
import { bareId } from '../containers/present/image.ts';

export const load = handler(imageLoad, async ({ upload, engine, signal }) => {
  const loaded = await engine.images.load(upload, { names: engine.shortNames, signal });
  return json(200, { Names: loaded.flatMap(({ image, names }) => (names.length > 0 ? names : [bareId(image.id)])) });
});
