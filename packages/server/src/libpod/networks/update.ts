import { networkUpdate } from '@selkie/contract/libpod/networks';
import { empty, handler } from '../../http/handler.ts';
import { findNetwork } from './find.ts';

export const update = handler(networkUpdate, async ({ path, body, engine }) => {
  await engine.networks.update(findNetwork(engine, path.name).id, {
    addDnsServers: body.adddnsservers ?? [],
    removeDnsServers: body.removednsservers ?? [],
  });
  return empty(204);
});
