import { networkConnect } from '@selkie/contract/libpod/networks';
import { handler, text } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { endpoint } from '../containers/create/network.ts';

export const connect = handler(networkConnect, async ({ path, body, engine }) => {
  const { container, ...options } = body;
  await engine.containers.connect(container || invalid('a container must be named'), path.name, endpoint(options));
  return text(200, 'OK\n');
});
