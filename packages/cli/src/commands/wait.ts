import { command, MANY } from '../command.ts';
import { each } from '../each.ts';
import { flag, list, text } from '../options/option.ts';

export const wait = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    condition: list('STATE', 'State to wait for (default stopped)', { commas: true }),
    ignore: flag('Print -1 where there is no such container'),
    interval: text('DURATION', 'Pause between two looks', { short: 'i' }),
  },
  count: [1, MANY],
  async run(context, { condition, ignore, interval }, names) {
    const { client } = context;
    return each(context, names, async (name) => {
      if (ignore && !(await client.containers.exists(name))) return '-1';
      return client.containers.wait(name, {
        query: { interval, ...(condition.length > 0 && { condition: [...condition] }) },
      });
    });
  },
});
