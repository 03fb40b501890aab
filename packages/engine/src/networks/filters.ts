import { SelkieError } from '@selkie/contract';
import { isPredefined } from './predefined.ts';
import type { NetworkRecord } from './record.ts';

/** Filter values by name; a network passes when it passes every name. */
export type NetworkFilters = Readonly<Record<string, readonly string[]>>;

interface Subject {
  readonly network: NetworkRecord;
  readonly used: boolean;
}

type Test = (subject: Subject, values: readonly string[], filter: string) => boolean;

const FILTERS: Readonly<Record<string, Test>> = {
  name: ({ network }, values) => values.some((value) => matches(network.name, value)),
  id: ({ network }, values) => values.some((value) => network.id.startsWith(value.toLowerCase())),
  driver: ({ network }, values) => values.includes(network.driver),
  label: ({ network }, values) => values.every((value) => hasLabel(network, value)),
  'label!': ({ network }, values) => !values.some((value) => hasLabel(network, value)),
  scope: (_, values) => values.includes('local'),
  type: ({ network }, values, filter) =>
    values.some((value) => {
      if (value !== 'custom' && value !== 'builtin')
        throw new SelkieError('INVALID_FILTER', { filter: `${filter}=${value}` });
      return isPredefined(network) === (value === 'builtin');
    }),
  dangling: ({ network, used }, values, filter) =>
    values.some((value) => boolean(value, filter) === (!used && !isPredefined(network))),
  until: ({ network }, values, filter) => values.every((value) => Date.parse(network.created) < moment(value, filter)),
};

/** @throws SelkieError INVALID_FILTER for an unknown name or value */
export function filterNetworks(
  networks: readonly NetworkRecord[],
  filters: NetworkFilters,
  used: (network: NetworkRecord) => boolean,
  allowed: readonly string[] = Object.keys(FILTERS),
): NetworkRecord[] {
  const tests = Object.entries(filters).map(([name, values]) => {
    const test = allowed.includes(name) ? FILTERS[name] : undefined;
    if (!test) throw new SelkieError('INVALID_FILTER', { filter: name });
    return (subject: Subject) => test(subject, values, name);
  });
  return networks.filter((network) => {
    const subject = { network, used: used(network) };
    return tests.every((test) => test(subject));
  });
}

/** A regular expression found anywhere, as both upstream services match names. */
function matches(text: string, pattern: string): boolean {
  if (text === pattern) return true;
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}

function hasLabel({ labels }: NetworkRecord, wanted: string): boolean {
  const [key = '', ...rest] = wanted.split('=');
  if (!Object.hasOwn(labels, key)) return false;
  return rest.length === 0 || labels[key] === rest.join('=');
}

function boolean(value: string, filter: string): boolean {
  if (['1', 't', 'true'].includes(value.toLowerCase())) return true;
  if (['0', 'f', 'false'].includes(value.toLowerCase())) return false;
  throw new SelkieError('INVALID_FILTER', { filter: `${filter}=${value}` });
}

/** Seconds since the epoch, a date, or how long ago (`1h30m`), in milliseconds since the epoch. */
function moment(value: string, filter: string): number {
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const units: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  if (/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
    return Date.now() - parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0), 0);
  }
  const date = Date.parse(value);
  if (Number.isNaN(date)) throw new SelkieError('INVALID_FILTER', { filter: `${filter}=${value}` });
  return date;
}
