import { networkList } from '@selkie/contract/docker/networks';
import { handler, json } from '../../http/handler.ts';
import { presentSummary } from './present/network.ts';
import { networkWords } from './present/words.ts';

export const list = handler(networkList, ({ query, version, engine }) => {
  const networks = engine.networks.list(query.filters, networkWords);
  return json(
    200,
    networks.map((network) => presentSummary(network, engine, version)),
  );
});
