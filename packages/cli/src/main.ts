import { ApiError, type Client, ConnectionError } from '@selkie/bindings';
import { CONNECTION_OPTIONS, type ConnectionChoice, NO_CONNECTION, openClient } from './connection.ts';
import { EXIT, Failure, UsageError } from './failure.ts';
import { findCommand } from './find.ts';
import { flag } from './options/option.ts';
import { parseOptions } from './options/parse.ts';

const GLOBAL_OPTIONS = {
  ...CONNECTION_OPTIONS,
  version: flag('Show the version', { short: 'v' }),
} as const;

/** Runs the command line. @returns the exit code of the process */
export async function main(argv: readonly string[]): Promise<number> {
  // A reader that has enough, such as head, ends us quietly.
  process.stdout.on('error', () => process.exit(0));
  try {
    return (await dispatch(argv)) ?? 0;
  } catch (error) {
    return report(error);
  }
}

async function dispatch(argv: readonly string[]): Promise<number | undefined> {
  const { values, args, help } = parseOptions(GLOBAL_OPTIONS, argv, false);
  if (values.version) return invoke(values, argv, ['version', '--client']);
  const [first, ...others] = args;
  if (first === undefined || help) return showHelp(args);
  if (first === 'help') return showHelp(others);
  return invoke(values, argv, args);
}

async function showHelp(words: readonly string[]): Promise<undefined> {
  if (words.length > 0) return void (await invoke(NO_CONNECTION, words, [...words, '--help']));
  const { overview } = await import('./overview.ts');
  process.stdout.write(overview());
}

async function invoke(
  choice: ConnectionChoice,
  argv: readonly string[],
  words: readonly string[],
): Promise<number | undefined> {
  const found = findCommand(words);
  if ('group' in found) {
    const { groupOverview } = await import('./overview.ts');
    process.stdout.write(groupOverview(found.group));
    return undefined;
  }
  const { entry, name, rest } = found;
  const { stdin, stdout, stderr } = process;
  let opened: Client | undefined;
  const context = {
    name,
    summary: entry.summary,
    argv,
    stdin,
    stdout,
    stderr,
    get client() {
      opened ??= openClient(choice);
      return opened;
    },
  };
  try {
    const command = await entry.load();
    return await command.invoke(context, rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message, error.hint ?? `See selkie ${name} --help`);
  } finally {
    await opened?.[Symbol.asyncDispose]();
  }
}

function report(error: unknown): number {
  if (!isExpected(error)) throw error;
  const hint = error instanceof UsageError ? error.hint : undefined;
  process.stderr.write(`Error: ${error.message}\n${hint === undefined ? '' : `${hint}\n`}`);
  return error instanceof Failure ? error.exitCode : EXIT.failure;
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof Failure ||
    error instanceof ApiError ||
    error instanceof ConnectionError
  );
}
