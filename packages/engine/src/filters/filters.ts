import { SelkieError } from '@selkie/contract';

/** What a client asked to see: values by key. Keys narrow each other down; what several values of one key mean is the key's own. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** Makes, from the values of one key, the test a thing has to pass. @throws SelkieError INVALID_PARAMETER for a bad value */
export type FilterKey<Context, Thing> = (values: readonly string[], context: Context) => (thing: Thing) => boolean;

/**
 * Makes one test of all filters. Values are checked whether or not there is anything to test.
 * @throws SelkieError INVALID_FILTER for a key not in the table
 */
export function filterTest<Context, Thing>(
  keys: ReadonlyMap<string, FilterKey<Context, Thing>>,
  filters: Filters,
  context: Context,
): (thing: Thing) => boolean {
  const tests = Object.entries(filters).flatMap(([key, values]) => {
    const make = keys.get(key);
    if (make === undefined) throw new SelkieError('INVALID_FILTER', { filter: key });
    return values.length === 0 ? [] : [make(values, context)];
  });
  return (thing) => tests.every((test) => test(thing));
}
