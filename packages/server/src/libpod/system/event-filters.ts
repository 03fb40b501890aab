import type { Event } from '@selkie/contract/libpod/types/system';
import { type FilterKey, type Filters, filterTest } from '@selkie/engine/filters/filters';
import { hasLabels } from '@selkie/engine/filters/labels';
import { familiar, familiarName, parseStored } from '@selkie/engine/images/reference';

type Key = FilterKey<undefined, Event>;

const EVENT: Key = (values) => (event) => values.includes(event.Action);

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['event', EVENT],
  ['status', EVENT],
  ['type', (values) => (event) => values.includes(event.Type)],
  ['label', (values) => (event) => hasLabels(event.Actor.Attributes, values)],
  ['container', (values) => (event) => isOf(event, 'container', values)],
  ['volume', (values) => (event) => isOf(event, 'volume', values)],
  ['network', (values) => (event) => isOf(event, 'network', values)],
  ['pod', (values) => (event) => isOf(event, 'pod', values)],
  ['image', (values) => (event) => event.Type === 'image' && values.some((value) => isOfImage(event, value))],
]);

/** Names of filters are taken in any case. @throws SelkieError INVALID_FILTER */
export function eventTest(filters: Filters): (event: Event) => boolean {
  const lower = Object.entries(filters).map(([key, values]) => [key.toLowerCase(), values] as const);
  return filterTest(KEYS, Object.fromEntries(lower), undefined);
}

/** By name or the beginning of an ID. */
function isOf({ Type, Actor }: Event, type: string, values: readonly string[]): boolean {
  return Type === type && values.some((value) => Actor.Attributes.name === value || Actor.ID.startsWith(value));
}

/** By any spelling of the name, or the beginning of the ID. */
function isOfImage({ Actor }: Event, wanted: string): boolean {
  const { name = '' } = Actor.Attributes;
  const spellings = name.includes('/') ? [name, familiar(parseStored(name)), familiarName(parseStored(name))] : [name];
  return spellings.includes(wanted) || Actor.ID.startsWith(wanted);
}
