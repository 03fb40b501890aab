import { type FilterKey, type Filters, filterTest } from '@selkie/engine/filters/filters';
import { hasLabels } from '@selkie/engine/filters/labels';
import type { DockerEvent } from './present/event.ts';

type Key = FilterKey<undefined, DockerEvent>;

const ACTOR_TYPES = ['container', 'network', 'volume', 'plugin', 'daemon', 'service', 'node', 'secret', 'config'];

const KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ...ACTOR_TYPES.map((type): [string, Key] => [type, (values) => (event) => isOf(event, type, values)]),
  ['type', (values) => (event) => values.includes(event.Type)],
  ['scope', (values) => () => values.includes('local')],
  // `exec_create` alone means whatever was executed.
  [
    'event',
    (values) =>
      ({ Action }) =>
        values.some((value) => value === Action || value === Action.split(':')[0]),
  ],
  [
    'label',
    (values) =>
      ({ Actor }) =>
        hasLabels(Actor.Attributes, values),
  ],
  ['image', (values) => (event) => values.some((value) => isOfImage(event, value))],
]);

/** @throws SelkieError INVALID_FILTER */
export function eventTest(filters: Filters): (event: DockerEvent) => boolean {
  return filterTest(KEYS, filters, undefined);
}

/** By name, ID or the beginning of either. */
function isOf({ Type, Actor }: DockerEvent, type: string, values: readonly string[]): boolean {
  const { name = '' } = Actor.Attributes;
  return Type === type && values.some((value) => Actor.ID.startsWith(value) || name.startsWith(value));
}

/** An image's own events and those of its containers, by ID or by name with or without tag. */
function isOfImage({ Type, Actor }: DockerEvent, wanted: string): boolean {
  const { name = '', image = '' } = Actor.Attributes;
  const names = Type === 'image' ? [Actor.ID, name] : Type === 'container' ? [image] : [];
  return names.some((one) => one === wanted || one.replace(/:[^:/]*$/, '') === wanted);
}
