import { command } from '../command.ts';

export const rename = command({
  usage: 'CONTAINER NAME',
  options: {},
  count: [2, 2],
  async run({ client }, _options, [container = '', name = '']) {
    await client.containers.rename(container, { query: { name } });
    return 0;
  },
});
