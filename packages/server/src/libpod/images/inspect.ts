import { imageInspect } from '@selkie/contract/libpod/images';
import { handler, json } from '../../http/handler.ts';
import { presentImage } from './present/image.ts';

export const inspect = handler(imageInspect, ({ path, engine }) =>
  json(200, presentImage(engine.images.find(path.name, engine.shortNames))),
);
