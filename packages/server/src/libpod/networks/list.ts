import { networkList } from '@selkie/contract/libpod/networks';
import { handler, json } from '../../http/handler.ts';
import { isListed } from './find.ts';
import { presentNetwork } from './present/network.ts';

export const list = handler(networkList, ({ query, engine }) =>
  json(200, engine.networks.list(query.filters).filter(isListed).map(presentNetwork)),
);
