import { volumeCreate } from '@selkie/contract/docker/volumes';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { presentVolume } from './present/volume.ts';

export const create = handler(volumeCreate, ({ body = {}, engine }) => {
  if (body.ClusterVolumeSpec) unsupported('ClusterVolumeSpec', 'it belongs to swarms');
  const volume = engine.volumes.create({
    ...(body.Name ? { name: body.Name } : {}),
    ...(body.Driver ? { driver: body.Driver } : {}),
    labels: body.Labels ?? {},
    options: body.DriverOpts ?? {},
  });
  return json(201, presentVolume(volume));
});
