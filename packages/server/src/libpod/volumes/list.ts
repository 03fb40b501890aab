import { volumeList } from '@selkie/contract/libpod/volumes';
import { handler, json } from '../../http/handler.ts';
import { presentVolume } from './present/volume.ts';

export const list = handler(volumeList, ({ query, engine }) =>
  json(
    200,
    engine.volumes.list(query.filters).map((volume) => presentVolume(volume, engine)),
  ),
);
