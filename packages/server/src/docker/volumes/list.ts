import { volumeList } from '@selkie/contract/docker/volumes';
import { handler, json } from '../../http/handler.ts';
import { presentVolume } from './present/volume.ts';

export const list = handler(volumeList, ({ query, engine }) => {
  const volumes = engine.volumes.list(query.filters);
  return json(200, { Volumes: volumes.map((volume) => presentVolume(volume)), Warnings: null });
});
