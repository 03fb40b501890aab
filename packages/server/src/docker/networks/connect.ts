import { networkConnect } from '@selkie/contract/docker/networks';
import { empty, handler } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { endpoint } from '../containers/create/network.ts';
import { engineNetwork } from '../containers/present/names.ts';

export const connect = handler(networkConnect, async ({ path, body, engine }) => {
  const container = body.Container || invalid('invalid name or ID supplied: ""');
  await engine.containers.connect(container, engineNetwork(path.id), endpoint(body.EndpointConfig ?? {}));
  return empty(200);
});
