import { networkDisconnect } from '@selkie/contract/libpod/networks';
import { handler, text } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';

export const disconnect = handler(networkDisconnect, async ({ path, body, engine }) => {
  const container = body.Container || invalid('a container must be named');
  await engine.containers.disconnect(container, path.name, { force: body.Force ?? false });
  return text(200, 'OK\n');
});
