import { command } from '../command.ts';
import { Failure } from '../failure.ts';
import { flag, text } from '../options/option.ts';
import { runAttached } from '../session/attached.ts';

export const attach = command({
  usage: '[OPTIONS] CONTAINER',
  options: {
    'detach-keys': text('KEYS', 'Keys that detach (default ctrl-p,ctrl-q)'),
    'no-stdin': flag('Do not attach to its input'),
    'sig-proxy': flag('Pass signals on to the container', { default: true }),
  },
  count: [1, 1],
  async run(context, options, [name = '']) {
    const { Id, Config, State } = await context.client.containers.inspect(name);
    if (State.Status !== 'running')
      throw new Failure(`only a running container can be attached to, ${name} is ${State.Status}`);
    return runAttached(context, Id, {
      tty: Config.Tty,
      stdin: Config.OpenStdin && !options['no-stdin'],
      stdout: true,
      stderr: true,
      detachKeys: options['detach-keys'],
      sigProxy: options['sig-proxy'],
    });
  },
});
