import { networkDisconnect } from '@selkie/contract/docker/networks';
import { empty, handler } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { engineNetwork } from '../containers/present/names.ts';

export const disconnect = handler(networkDisconnect, async ({ path, body, engine }) => {
  const container = body.Container || invalid('invalid name or ID supplied: ""');
  await engine.containers.disconnect(container, engineNetwork(path.id), { force: body.Force ?? false });
  return empty(200);
});
