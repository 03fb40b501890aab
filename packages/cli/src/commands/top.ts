import { command, MANY } from '../command.ts';
import { align } from '../format/table.ts';

export const top = command({
  usage: 'CONTAINER [DESCRIPTOR...|PS-OPTION...]',
  options: {},
  interspersed: false,
  count: [1, MANY],
  async run({ client, stdout }, _options, [name = '', ...descriptors]) {
    const query = { stream: false, ...(descriptors.length > 0 && { ps_args: descriptors }) };
    for await (const { Titles, Processes } of await client.containers.top(name, { query })) {
      stdout.write(`${align([Titles, ...Processes].map((cells) => cells.join('\t')))}\n`);
    }
    return 0;
  },
});
