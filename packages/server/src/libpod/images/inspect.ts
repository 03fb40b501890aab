import { imageInspect } from '@selkie/contract/libpod/images';
import { handler, json } from '../../http/handler.ts';
import { driverData } from '../../present/driver-data.ts';
import { presentImage } from './present/image.ts';

export const inspect = handler(imageInspect, ({ path, engine }) => {
  const image = engine.images.find(path.name, engine.shortNames);
  return json(200, presentImage(image, driverData(engine.images.directories(image))));
});
