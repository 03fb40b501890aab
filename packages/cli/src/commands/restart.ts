import { command, MANY } from '../command.ts';
import { targets } from '../containers/targets.ts';
import { each } from '../each.ts';
import { flag, integer, list } from '../options/option.ts';

export const restart = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Restart every container', { short: 'a' }),
    filter: list('KEY=VALUE', 'Restart those that match', { short: 'f' }),
    running: flag('Restart every container that runs'),
    time: integer('SECONDS', 'How long stopping may take before it is killed', { short: 't', aliases: ['timeout'] }),
  },
  count: [0, MANY],
  async run(context, { all, running, filter, time }, args) {
    const names = await targets(context, args, {
      all: all || running,
      filter,
      ...(running && { states: ['running'] }),
    });
    return each(context, names, async (name) => {
      await context.client.containers.restart(name, { query: { timeout: time } });
      return name;
    });
  },
});
