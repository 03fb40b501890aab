import type { Client } from '@selkie/bindings';
import { UsageError } from './failure.ts';
import { commandHelp } from './options/help.ts';
import type { OptionSet, Values } from './options/option.ts';
import { parseOptions } from './options/parse.ts';

/** What a command has to do with the world. */
export interface Context {
  readonly client: Client;
  /** As the command was called, for messages: `container ls`. */
  readonly name: string;
  /** What the command is for. */
  readonly summary: string;
  /** The whole command line. */
  readonly argv: readonly string[];
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

interface Definition<O extends OptionSet> {
  /** What follows the command's name in its help. */
  readonly usage: string;
  readonly options: O;
  /** False where options end at the first argument: what follows belongs to the container. */
  readonly interspersed?: boolean;
  /** Least and greatest number of arguments. */
  readonly count: readonly [least: number, most: number];
  /** Resolves with the exit code; nothing is success. */
  run(context: Context, options: Values<O>, args: readonly string[]): Promise<number | undefined>;
}

/** A command as the table sees it. */
export interface Command {
  invoke(context: Context, argv: readonly string[]): Promise<number | undefined>;
}

export const MANY = Number.POSITIVE_INFINITY;

/** Ties a command's options to the code that is run with them. */
export function command<const O extends OptionSet>(definition: Definition<O>): Command {
  const { usage, options, count, interspersed } = definition;
  return {
    invoke: async (context, argv) => {
      const { values, args, help } = parseOptions(options, argv, interspersed);
      if (help) {
        context.stdout.write(commandHelp(context.name, context.summary, { usage, options }));
        return undefined;
      }
      checkCount(context.name, args.length, count);
      return definition.run(context, values, args);
    },
  };
}

function checkCount(name: string, given: number, [least, most]: readonly [number, number]): void {
  if (given >= least && given <= most) return;
  const wanted =
    least === most ? plural(least) : given < least ? `at least ${plural(least)}` : `at most ${plural(most)}`;
  throw new UsageError(`selkie ${name} takes ${wanted}, ${given} given`);
}

function plural(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;
}
