import { command, MANY } from '../command.ts';
import { targets } from '../containers/targets.ts';
import { each, removalExitCode } from '../each.ts';
import { Failure } from '../failure.ts';
import { flag, integer, list } from '../options/option.ts';

export const rm = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Remove every container', { short: 'a' }),
    depend: flag('Remove what depends on it as well'),
    filter: list('KEY=VALUE', 'Remove those that match'),
    force: flag('Kill it first where it runs', { short: 'f' }),
    ignore: flag('No error where there is no such container', { short: 'i' }),
    time: integer('SECONDS', 'How long stopping may take before it is killed', { short: 't' }),
    volumes: flag('Remove its anonymous volumes', { short: 'v' }),
  },
  count: [0, MANY],
  async run(context, { all, depend, filter, force, ignore, time, volumes }, args) {
    const names = await targets(context, args, { all, filter });
    const query = { depend, force, ignore: ignore || force, timeout: time, v: volumes };
    return each(
      context,
      names,
      async (name) => {
        const reports = await context.client.containers.delete(name, { query });
        const failed = reports.find(({ Err }) => Err);
        if (failed) throw new Failure(String(failed.Err));
        return reports.length === 0 ? undefined : name;
      },
      { exitCode: removalExitCode },
    );
  },
});
