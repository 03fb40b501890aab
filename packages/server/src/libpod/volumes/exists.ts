import { volumeExists } from '@selkie/contract/libpod/volumes';
import { empty, handler } from '../../http/handler.ts';

export const exists = handler(volumeExists, ({ path, engine }) => {
  engine.volumes.find(path.name);
  return empty(204);
});
