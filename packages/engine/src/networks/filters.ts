import { type FilterKey, type Filters, filterTest } from '../filters/filters.ts';
import { hasLabels, lacksLabels } from '../filters/labels.ts';
import { matchesPattern } from '../filters/pattern.ts';
import { untilTime } from '../filters/until.ts';
import { badValue, booleanValue } from '../filters/values.ts';
import { isPredefined } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

/** What a dialect calls a network and its driver. */
export interface NetworkWords {
  name(network: NetworkRecord): string;
  driver(network: NetworkRecord): string;
}

export interface NetworkFilterOptions {
  readonly used?: (network: NetworkRecord) => boolean;
  readonly words?: NetworkWords;
  /** Filters that are taken; undefined: every one there is. */
  readonly keys?: readonly string[];
}

interface Context {
  readonly used: (network: NetworkRecord) => boolean;
  readonly words: NetworkWords;
}

const OWN_WORDS: NetworkWords = { name: ({ name }) => name, driver: ({ driver }) => driver };

type Key = FilterKey<Context, NetworkRecord>;

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  [
    'name',
    (values, { words }) =>
      (network) =>
        matchesPattern([words.name(network)], values),
  ],
  ['id', (values) => (network) => values.some((value) => network.id.startsWith(value.toLowerCase()))],
  [
    'driver',
    (values, { words }) =>
      (network) =>
        values.includes(words.driver(network)),
  ],
  ['label', (values) => (network) => hasLabels(network.labels, values)],
  ['label!', (values) => (network) => lacksLabels(network.labels, values)],
  ['scope', (values) => () => values.includes('local')],
  ['type', type],
  ['dangling', dangling],
  [
    'until',
    (values) => {
      const until = untilTime(values);
      return (network) => network.created < until;
    },
  ],
]);

/** @throws SelkieError INVALID_FILTER for an unknown name, INVALID_PARAMETER for a bad value */
export function filterNetworks(
  networks: readonly NetworkRecord[],
  filters: Filters,
  { used = () => false, words = OWN_WORDS, keys }: NetworkFilterOptions = {},
): NetworkRecord[] {
  const table = keys ? new Map([...KEYS].filter(([key]) => keys.includes(key))) : KEYS;
  return networks.filter(filterTest(table, filters, { used, words }));
}

function type(values: readonly string[]): (network: NetworkRecord) => boolean {
  for (const value of values) if (value !== 'custom' && value !== 'builtin') badValue('type', value);
  return (network) => values.includes(isPredefined(network) ? 'builtin' : 'custom');
}

function dangling(values: readonly string[], { used }: Context): (network: NetworkRecord) => boolean {
  const wanted = values.map((value) => booleanValue('dangling', value));
  return (network) => wanted.includes(!isPredefined(network) && !used(network));
}
