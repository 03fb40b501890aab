import { SelkieError } from '@selkie/contract';
import { volumeCreate } from '@selkie/contract/libpod/volumes';
import { handler, json } from '../../http/handler.ts';
import { presentVolume } from './present/volume.ts';

/** Labels go by either name; a volume somebody made by hand is never an anonymous one. */
export const create = handler(volumeCreate, ({ body, engine }) => {
  const { Name: name = '', Driver, Label, Labels, Options, UID, GID, IgnoreIfExists } = body;
  if (name && !IgnoreIfExists && engine.volumes.has(name)) throw new SelkieError('VOLUME_EXISTS', { name });
  const volume = engine.volumes.create({
    ...(name ? { name } : {}),
    ...(Driver ? { driver: Driver } : {}),
    labels: { ...Label, ...Labels },
    options: Options ?? {},
    anonymous: false,
    ...(UID === undefined ? {} : { uid: UID }),
    ...(GID === undefined ? {} : { gid: GID }),
  });
  return json(201, presentVolume(volume, engine));
});
