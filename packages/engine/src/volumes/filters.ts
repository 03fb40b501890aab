import { type FilterKey, type Filters, filterTest } from '../filters/filters.ts';
import { hasLabels, lacksLabels } from '../filters/labels.ts';
import { matchesPattern } from '../filters/pattern.ts';
import { untilTime } from '../filters/until.ts';
import { badValue, booleanValue } from '../filters/values.ts';
import { usersOf, type VolumeContext } from './context.ts';
import type { VolumeRecord } from './record.ts';

type Key = FilterKey<VolumeContext, VolumeRecord>;

const LABELS: [string, Key][] = [
  ['label', (values) => (volume) => hasLabels(volume.labels, values)],
  ['label!', (values) => (volume) => lacksLabels(volume.labels, values)],
];
const TIMES: [string, Key][] = [
  [
    'until',
    (values) => {
      const until = untilTime(values);
      return ({ created }) => created < until;
    },
  ],
  ['after', since],
  ['since', since],
];

const LIST_KEYS = new Map<string, Key>([
  ...LABELS,
  ...TIMES,
  [
    'name',
    (values) =>
      ({ name }) =>
        matchesPattern([name], values),
  ],
  [
    'driver',
    (values) =>
      ({ driver }) =>
        values.includes(driver),
  ],
  ['scope', (values) => () => values.includes('local')],
  [
    'opt',
    (values) =>
      ({ options }) =>
        hasLabels(options, values),
  ],
  ['dangling', dangling],
]);

const PRUNE_KEYS = new Map<string, Key>([
  ...LABELS,
  ...TIMES,
  [
    'anonymous',
    (values) => {
      const wanted = values.map((value) => booleanValue('anonymous', value));
      return ({ anonymous }) => wanted.includes(anonymous);
    },
  ],
]);

/** @throws SelkieError INVALID_FILTER for an unknown name, INVALID_PARAMETER for a bad value */
export function list(ctx: VolumeContext, filters: Filters): VolumeRecord[] {
  return ctx.store.all().filter(filterTest(LIST_KEYS, filters, ctx));
}

/** Volumes a prune may take: those of no container. @throws as {@link list} */
export function prunable(ctx: VolumeContext, filters: Filters): VolumeRecord[] {
  const test = filterTest(PRUNE_KEYS, filters, ctx);
  return ctx.store.all().filter((volume) => test(volume) && usersOf(ctx, volume.name).length === 0);
}

/** Made later than the volumes named. */
function since(values: readonly string[], ctx: VolumeContext): (volume: VolumeRecord) => boolean {
  const times = values.map((name) => ctx.store.get(name)?.created ?? badValue('since', name, 'no such volume'));
  return ({ created }) => times.every((time) => created > time);
}

function dangling(values: readonly string[], ctx: VolumeContext): (volume: VolumeRecord) => boolean {
  const wanted = values.map((value) => booleanValue('dangling', value));
  return ({ name }) => wanted.includes(usersOf(ctx, name).length === 0);
}
