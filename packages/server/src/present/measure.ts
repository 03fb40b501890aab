import { isSelkieError } from '@selkie/contract';

/** Measures each item; one that is removed meanwhile is left out, not a failure of the whole. */
export async function measureAll<Item, Result>(
  items: readonly Item[],
  measure: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const measured = await Promise.all(
    items.map(async (item) => {
      try {
        return [await measure(item)];
      } catch (error) {
        if (isSelkieError(error, 'NO_SUCH_CONTAINER') || isSelkieError(error, 'NO_SUCH_VOLUME')) return [];
        throw error;
      }
    }),
  );
  return measured.flat(1);
}
