import { command, MANY } from '../command.ts';
import { targets } from '../containers/targets.ts';
import { each } from '../each.ts';
import { flag, text } from '../options/option.ts';

export const kill = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Signal every container that runs', { short: 'a' }),
    signal: text('SIGNAL', 'Signal to send (default KILL)', { short: 's' }),
  },
  count: [0, MANY],
  async run(context, { all, signal }, args) {
    const names = await targets(context, args, { all, states: ['running', 'paused'] });
    return each(context, names, async (name) => {
      await context.client.containers.kill(name, { query: { signal } });
      return name;
    });
  },
});
