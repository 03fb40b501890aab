import { imageLoad } from '@selkie/contract/libpod/image-transfer';
import { handler, json } from '../../http/handler.ts';
import { presentLoaded } from './present/loaded.ts';

export const load = handler(imageLoad, async ({ upload, engine, signal }) =>
  json(200, presentLoaded(await engine.images.load(upload, { names: engine.shortNames, signal }))),
);
