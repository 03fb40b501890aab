import { SelkieError } from '@selkie/contract';
import { volumeUpdate } from '@selkie/contract/docker/volumes';
import { handler } from '../../http/handler.ts';

/** Only volumes of a swarm can be changed. */
export const update = handler(volumeUpdate, () => {
  throw new SelkieError('NO_SWARM', {});
});
