import { type Context, command, MANY } from '../command.ts';
import { flag, integer, text } from '../options/option.ts';
import { write } from '../session/pump.ts';

export const logs = command({
  usage: '[OPTIONS] CONTAINER [CONTAINER...]',
  options: {
    follow: flag('Keep printing what is written', { short: 'f' }),
    names: flag('Begin every line with the name of the container', { short: 'n' }),
    since: text('TIME', 'Not before: a time, or a duration such as 10m ago'),
    tail: integer('COUNT', 'Only so many last lines; -1 for all'),
    timestamps: flag('Begin every line with its time', { short: 't' }),
    until: text('TIME', 'Not after'),
  },
  count: [1, MANY],
  async run(context, options, names) {
    const { follow, since, until, timestamps, tail } = options;
    const query = {
      stdout: true,
      stderr: true,
      follow,
      since,
      until,
      timestamps,
      ...(tail !== undefined && tail >= 0 && { tail: String(tail) }),
    };
    const prefixed = options.names || names.length > 1;
    await Promise.all(
      names.map(async (name) => {
        const frames = await context.client.containers.logs(name, { query });
        const prefix = prefixed ? `${name} ` : '';
        for await (const { stream, data } of frames) await print(context, stream, data, prefix);
      }),
    );
    return 0;
  },
});

async function print({ stdout, stderr }: Context, stream: 'stdout' | 'stderr', data: Buffer, prefix: string) {
  const output = stream === 'stderr' ? stderr : stdout;
  await write(output, prefix === '' ? data : Buffer.concat([Buffer.from(prefix), data]));
}
