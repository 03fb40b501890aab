import type { Context } from '../command.ts';
import { UsageError } from '../failure.ts';
import { filterQuery } from '../filters.ts';

interface Choice {
  /** Every container whose state is one of these. */
  readonly all?: boolean;
  readonly states?: readonly string[];
  readonly filter?: readonly string[];
}

/** The containers a command is about: those named, or all of them that it can be done to. */
export async function targets(
  { client, name }: Context,
  names: readonly string[],
  { all = false, states, filter = [] }: Choice,
): Promise<readonly string[]> {
  if (!all && filter.length === 0) {
    if (names.length === 0) throw new UsageError(`selkie ${name} needs the name or ID of a container`);
    return names;
  }
  if (names.length > 0) throw new UsageError('--all and --filter cannot be combined with names');
  const filters = filterQuery(filter);
  const listed = await client.containers.list({ query: { all: true, filters } });
  return listed.filter(({ State }) => states === undefined || states.includes(State)).map(({ Id }) => Id);
}
