import { COMMANDS, GROUPS } from './commands/table.ts';
import { CONNECTION_OPTIONS } from './connection.ts';
import { optionLines, summaryLines } from './options/help.ts';

/** The help of `selkie` itself. */
export function overview(): string {
  const commands = COMMANDS.filter(({ names: [name] }) => !name.includes(' ')).map(
    ({ names: [name], summary }) => [name, summary] as const,
  );
  return [
    'Manages containers, images and networks of a Selkie service.',
    'Usage:\n  selkie [OPTIONS] COMMAND',
    `Commands:\n${sorted(commands)}`,
    `Groups of commands:\n${sorted(Object.entries(GROUPS))}`,
    `Options:\n${optionLines(CONNECTION_OPTIONS).join('\n')}`,
    'selkie COMMAND --help tells more about a command.\n',
  ].join('\n\n');
}

export function groupOverview(group: string): string {
  const commands = COMMANDS.flatMap(({ names, summary }) => {
    const name = names.find((candidate) => candidate.startsWith(`${group} `));
    return name === undefined ? [] : [[name.slice(group.length + 1), summary] as const];
  });
  return `${GROUPS[group]}\n\nUsage:\n  selkie ${group} COMMAND\n\nCommands:\n${sorted(commands)}\n`;
}

function sorted(entries: readonly (readonly [string, string])[]): string {
  return summaryLines([...entries].sort(([a], [b]) => a.localeCompare(b))).join('\n');
}
