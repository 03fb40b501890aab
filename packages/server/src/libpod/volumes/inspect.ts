import { volumeInspect } from '@selkie/contract/libpod/volumes';
import { handler, json } from '../../http/handler.ts';
import { presentVolume } from './present/volume.ts';

export const inspect = handler(volumeInspect, ({ path, engine }) =>
  json(200, presentVolume(engine.volumes.find(path.name), engine)),
);
