import { localImages } from '@selkie/contract/libpod/image-transfer';
import { handler, json } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { presentLoaded } from './present/loaded.ts';

/** A client on the same host names the archive instead of sending it. */
export const loadLocal = handler(localImages, async ({ query, engine, signal }) => {
  if (!query.path.startsWith('/')) invalid('path parameter must be an absolute path');
  const loaded = await engine.images.loadFile(query.path, { names: engine.shortNames, signal });
  return json(200, presentLoaded(loaded));
});
