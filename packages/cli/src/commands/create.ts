import { command, MANY } from '../command.ts';
import { createContainer } from '../containers/create.ts';
import { CONTAINER_OPTIONS } from '../spec/options.ts';

export const create = command({
  usage: '[OPTIONS] IMAGE [COMMAND [ARG...]]',
  options: CONTAINER_OPTIONS,
  interspersed: false,
  count: [1, MANY],
  async run(context, options, args) {
    const id = await createContainer(context, options, args);
    context.stdout.write(`${id}\n`);
    return undefined;
  },
});
