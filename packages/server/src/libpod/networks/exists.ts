import { networkExists } from '@selkie/contract/libpod/networks';
import { empty, handler } from '../../http/handler.ts';
import { findNetwork } from './find.ts';

export const exists = handler(networkExists, ({ path, engine }) => {
  findNetwork(engine, path.name);
  return empty(204);
});
