import { command, MANY } from '../command.ts';
import { createContainer } from '../containers/create.ts';
import { startFailure } from '../containers/start-failure.ts';
import { attachedStreams } from '../containers/streams.ts';
import { UsageError } from '../failure.ts';
import { flag, text } from '../options/option.ts';
import { runAttached } from '../session/attached.ts';
import { parseDetachKeys } from '../session/detach-keys.ts';
import { CONTAINER_OPTIONS } from '../spec/options.ts';

export const run = command({
  usage: '[OPTIONS] IMAGE [COMMAND [ARG...]]',
  options: {
    ...CONTAINER_OPTIONS,
    detach: flag('Run in the background and print the ID of the container', { short: 'd' }),
    'detach-keys': text('KEYS', 'Keys that detach (default ctrl-p,ctrl-q)'),
    'sig-proxy': flag('Pass signals on to the container', { default: true }),
  },
  interspersed: false,
  count: [1, MANY],
  async run(context, options, args) {
    const { client, stdin, stdout, stderr } = context;
    const { detach, tty, interactive, rm, 'detach-keys': detachKeys } = options;
    if (detach && options.attach.length > 0) throw new UsageError('--detach cannot be combined with --attach');
    if (detachKeys !== undefined) parseDetachKeys(detachKeys);
    const streams = attachedStreams(options.attach, interactive);
    if (tty && streams.stdin && !detach && !stdin.isTTY) {
      stderr.write('Warning: the input is no terminal: --tty with --interactive may not work as expected\n');
    }
    const id = await createContainer(context, options, args);
    let started = false;
    const begin = async () => {
      await client.containers.start(id, { query: { detachKeys } });
      started = true;
    };
    try {
      if (!detach) {
        return await runAttached(context, id, { ...streams, tty, detachKeys, sigProxy: options['sig-proxy'], begin });
      }
      await begin();
    } catch (error) {
      if (started) throw error;
      // What never ran does not remove itself.
      if (rm) await client.containers.delete(id, { query: { force: true, ignore: true } }).catch(() => {});
      throw startFailure(error);
    }
    stdout.write(`${id}\n`);
    return undefined;
  },
});
