import { command, MANY } from '../command.ts';
import { each, removalExitCode } from '../each.ts';
import { UsageError } from '../failure.ts';
import { flag, integer } from '../options/option.ts';

export const volumeRm = command({
  usage: '[OPTIONS] VOLUME [VOLUME...]',
  options: {
    all: flag('Remove every volume', { short: 'a' }),
    force: flag('Remove the containers that use it, too', { short: 'f' }),
    time: integer('SECONDS', 'How long stopping them may take before they are killed', { short: 't' }),
  },
  count: [0, MANY],
  async run(context, { all, force, time }, args) {
    const { volumes } = context.client;
    if (all === args.length > 0) throw new UsageError('give the names of volumes, or --all');
    const names = all ? (await volumes.list()).map(({ Name }) => Name) : args;
    const remove = async (name: string) => {
      await volumes.delete(name, { query: { force, timeout: time } });
      return name;
    };
    return each(context, names, remove, { exitCode: removalExitCode });
  },
});
