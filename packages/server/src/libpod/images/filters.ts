import type { Filters } from '@selkie/engine/filters/filters';
import { booleanValue } from '@selkie/engine/filters/values';
import type { ImageFilters } from '@selkie/engine/images/list';
import type { ImageRecord } from '@selkie/engine/images/record';
import { intermediate } from '../../present/intermediate.ts';
import { imageFilters, LIBPOD_FILTERS } from '../../translate/image-filters.ts';

type Test = (image: ImageRecord) => boolean;

export interface ListContext {
  readonly all: readonly ImageRecord[];
  readonly isUsed: Test;
}

/** Filters that need to know more than the image. */
const RELATIONS: Readonly<Record<string, (value: string, context: ListContext) => Test>> = {
  // `external`: by what other tools run on the same storage, and nobody else does here.
  containers(value, { isUsed }) {
    if (value === 'external') return () => false;
    const wanted = booleanValue('containers', value);
    return (image) => isUsed(image) === wanted;
  },
  intermediate(value, { all }) {
    const wanted = booleanValue('intermediate', value);
    const is = intermediate(all);
    return (image) => is(image) === wanted;
  },
  // There is no store of others that can only be read.
  readonly: constant('readonly'),
  // Nor are there lists of manifests among the images.
  manifest: constant('manifest'),
};

function constant(key: string): (value: string) => Test {
  return (value) => {
    const wanted = booleanValue(key, value);
    return () => !wanted;
  };
}

/** @throws SelkieError INVALID_FILTER, INVALID_PARAMETER */
export function libpodFilters(filters: Filters, context: ListContext): ImageFilters {
  const entries = Object.entries(filters);
  const own = entries.filter(([key]) => !Object.hasOwn(RELATIONS, key));
  const tests = entries.flatMap(([key, values]) => {
    const make = Object.hasOwn(RELATIONS, key) ? RELATIONS[key] : undefined;
    return make === undefined ? [] : values.map((value) => make(value, context));
  });
  const plain = imageFilters(Object.fromEntries(own), LIBPOD_FILTERS);
  return tests.length === 0 ? plain : { ...plain, containers: (image) => tests.every((test) => test(image)) };
}
