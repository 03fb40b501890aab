import { type Context, command, MANY } from '../command.ts';
import { startFailure } from '../containers/start-failure.ts';
import { targets } from '../containers/targets.ts';
import { each } from '../each.ts';
import { UsageError } from '../failure.ts';
import { flag, list, text } from '../options/option.ts';
import { runAttached } from '../session/attached.ts';

export const start = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    all: flag('Start every container that does not run'),
    attach: flag('Attach to what it writes', { short: 'a' }),
    'detach-keys': text('KEYS', 'Keys that detach (default ctrl-p,ctrl-q)'),
    filter: list('KEY=VALUE', 'Start those that match', { short: 'f' }),
    interactive: flag('Attach to its input too', { short: 'i' }),
    'sig-proxy': flag('Pass signals on to the container', { default: true }),
  },
  count: [0, MANY],
  async run(context, options, args) {
    const { all, filter, attach, interactive, 'detach-keys': detachKeys } = options;
    const names = await targets(context, args, { all, filter, states: ['created', 'exited', 'stopped'] });
    if (!attach && !interactive) {
      return each(context, names, async (name) => {
        await context.client.containers.start(name, { query: { detachKeys } });
        return name;
      });
    }
    const [name, ...others] = names;
    if (name === undefined || others.length > 0) throw new UsageError('only one container can be attached to');
    return startAttached(context, name, interactive, detachKeys, options['sig-proxy']);
  },
});

async function startAttached(
  context: Context,
  name: string,
  interactive: boolean,
  detachKeys: string | undefined,
  sigProxy: boolean,
): Promise<number> {
  const { client } = context;
  const { Id, Config } = await client.containers.inspect(name);
  return runAttached(context, Id, {
    tty: Config.Tty,
    stdin: interactive && Config.OpenStdin,
    stdout: true,
    stderr: true,
    detachKeys,
    sigProxy,
    begin: () =>
      client.containers.start(Id).catch((error: unknown) => {
        throw startFailure(error);
      }),
  });
}
