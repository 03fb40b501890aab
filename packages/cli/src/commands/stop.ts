import { command, MANY } from '../command.ts';
import { targets } from '../containers/targets.ts';
import { each } from '../each.ts';
import { flag, integer, list } from '../options/option.ts';

export const stop = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Stop every container that runs', { short: 'a' }),
    filter: list('KEY=VALUE', 'Stop those that match', { short: 'f' }),
    ignore: flag('No error where there is no such container', { short: 'i' }),
    time: integer('SECONDS', 'How long it may take before it is killed', { short: 't', aliases: ['timeout'] }),
  },
  count: [0, MANY],
  async run(context, { all, filter, ignore, time }, args) {
    const { client } = context;
    const names = await targets(context, args, { all, filter, states: ['running', 'paused', 'stopping'] });
    return each(context, names, async (name) => {
      if (ignore && !(await client.containers.exists(name))) return undefined;
      await client.containers.stop(name, { query: { timeout: time } });
      return name;
    });
  },
});
