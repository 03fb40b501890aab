import { SelkieError } from '@selkie/contract';
import type { Filters } from '@selkie/engine/filters/filters';
import { badValue, booleanValue } from '@selkie/engine/filters/values';
import type { ImageFilters } from '@selkie/engine/images/list';
import { parseTime } from '@selkie/engine/time';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Write = (filters: Mutable<ImageFilters>, values: readonly string[]) => void;

const DANGLING: Write = (filters, values) => {
  filters.dangling = single(
    'dangling',
    values.map((value) => booleanValue('dangling', value)),
  );
};
const LABEL: Write = (filters, values) => {
  filters.label = values;
};
const LABEL_NOT: Write = (filters, values) => {
  filters.labelNot = values;
};
const UNTIL: Write = (filters, values) => {
  filters.until = Number(parseTime(single('until', values)) / 1_000_000n);
};
const BEFORE: Write = (filters, values) => {
  filters.before = single('before', values);
};
const SINCE: Write = (filters, values) => {
  filters.since = single('since', values);
};
const REFERENCE: Write = (filters, values) => {
  filters.reference = values;
};

export type FilterTable = Readonly<Record<string, Write>>;

/** What a prune may narrow down by, `dangling` apart. */
export const PRUNE_FILTERS: FilterTable = { label: LABEL, 'label!': LABEL_NOT, until: UNTIL };

export const DOCKER_FILTERS: FilterTable = {
  ...PRUNE_FILTERS,
  dangling: DANGLING,
  before: BEFORE,
  since: SINCE,
  reference: REFERENCE,
};

export const LIBPOD_FILTERS: FilterTable = {
  ...DOCKER_FILTERS,
  after: SINCE,
  id(filters, values) {
    filters.id = values;
  },
  digest(filters, values) {
    filters.digest = values;
  },
};

/** @throws SelkieError INVALID_FILTER for a key not in the table, INVALID_PARAMETER for a bad value */
export function imageFilters(filters: Filters, table: FilterTable): ImageFilters {
  const wanted: Mutable<ImageFilters> = {};
  for (const [filter, values] of Object.entries(filters)) {
    const write = Object.hasOwn(table, filter) ? table[filter] : undefined;
    if (write === undefined) throw new SelkieError('INVALID_FILTER', { filter });
    if (values.length > 0) write(wanted, values);
  }
  return wanted;
}

function single<T extends string | boolean>(key: string, values: readonly T[]): T {
  const [first, ...others] = new Set(values);
  if (first === undefined || others.length > 0) return badValue(key, values.join(','), 'one value is needed');
  return first;
}
