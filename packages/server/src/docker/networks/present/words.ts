import type { NetworkWords } from '@selkie/engine/networks/filters';
import { networkName } from '../../containers/present/names.ts';

/** What Docker calls a network and its driver. */
export const networkWords: NetworkWords = {
  name: ({ name }) => networkName(name),
  driver: ({ driver }) => (driver === 'none' ? 'null' : driver),
};
