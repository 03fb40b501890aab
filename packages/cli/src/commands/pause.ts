import { command, MANY } from '../command.ts';
import { targets } from '../containers/targets.ts';
import { each } from '../each.ts';
import { flag, list } from '../options/option.ts';

export const pause = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Pause every container that runs', { short: 'a' }),
    filter: list('KEY=VALUE', 'Pause those that match', { short: 'f' }),
  },
  count: [0, MANY],
  async run(context, { all, filter }, args) {
    const names = await targets(context, args, { all, filter, states: ['running'] });
    return each(context, names, async (name) => {
      await context.client.containers.pause(name);
      return name;
    });
  },
});

export const unpause = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Let every paused container go on', { short: 'a' }),
    filter: list('KEY=VALUE', 'Let those go on that match', { short: 'f' }),
  },
  count: [0, MANY],
  async run(context, { all, filter }, args) {
    const names = await targets(context, args, { all, filter, states: ['paused'] });
    return each(context, names, async (name) => {
      await context.client.containers.unpause(name);
      return name;
    });
  },
});
