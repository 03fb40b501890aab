import { SelkieError } from '@selkie/contract';
import type { NetworkRecord } from './record.ts';

/** By full ID, then by name, then by the beginning of an ID. @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
export function findNetwork(networks: readonly NetworkRecord[], nameOrId: string): NetworkRecord {
  const exact = networks.find(({ id }) => id === nameOrId) ?? networks.find(({ name }) => name === nameOrId);
  if (exact) return exact;
  const matches = nameOrId === '' ? [] : networks.filter(({ id }) => id.startsWith(nameOrId));
  if (matches.length > 1) throw new SelkieError('AMBIGUOUS_ID', { prefix: nameOrId });
  const [found] = matches;
  if (!found) throw new SelkieError('NO_SUCH_NETWORK', { name: nameOrId });
  return found;
}
