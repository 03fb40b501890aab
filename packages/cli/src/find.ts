import { COMMANDS, type Entry, GROUPS } from './commands/table.ts';
import { UsageError } from './failure.ts';
import { suggest } from './options/suggest.ts';

interface Found {
  readonly entry: Entry;
  /** As it was called. */
  readonly name: string;
  /** What follows the name. */
  readonly rest: readonly string[];
}

/** The command that words begin with; a group where they name one and no command of it. @throws UsageError */
export function findCommand(words: readonly string[]): Found | { readonly group: string } {
  const [first = '', second] = words;
  const grouped = first in GROUPS;
  if (grouped && (second === undefined || second.startsWith('-') || second === 'help')) return { group: first };
  const name = grouped ? `${first} ${second}` : first;
  const entry = COMMANDS.find(({ names }) => names.includes(name));
  if (entry !== undefined) return { entry, name, rest: words.slice(grouped ? 2 : 1) };
  throw unknownCommand(name, grouped ? first : undefined);
}

function unknownCommand(name: string, group: string | undefined): UsageError {
  const depth = group === undefined ? 1 : 2;
  const names = [...COMMANDS.flatMap((entry) => entry.names), ...Object.keys(GROUPS)];
  const candidates = names.filter((candidate) => candidate.split(' ').length === depth);
  const nearest = suggest(name, candidates);
  const hint = nearest.length === 0 ? undefined : `Did you mean ${nearest.map((near) => `selkie ${near}`).join(', ')}?`;
  return new UsageError(`unrecognized command: selkie ${name}`, hint);
}
