import { ApiError, type Client } from '@selkie/bindings';
import { type Command, command, MANY } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { printInspected } from '../inspected.ts';
import { flag, text } from '../options/option.ts';

type Inspect = (client: Client, name: string, size: boolean) => Promise<unknown>;

/** In the order in which a name is tried. */
const KINDS: Readonly<Record<string, Inspect>> = {
  container: ({ containers }, name, size) => containers.inspect(name, { query: { size } }),
  image: ({ images }, name) => images.inspect(name),
  volume: ({ volumes }, name) => volumes.inspect(name),
  network: ({ networks }, name) => networks.inspect(name),
  pod: ({ pods }, name) => pods.inspect(name),
};

const OPTIONS = {
  format: text('FORMAT', 'json, or a Go template', { short: 'f' }),
  size: flag('Add the sizes of a container', { short: 's' }),
} as const;

export const inspect = command({
  usage: '[OPTIONS] NAME [NAME...]',
  options: {
    ...OPTIONS,
    type: text('TYPE', `What it is: all, ${Object.keys(KINDS).join(', ')} (default all)`, { short: 't' }),
  },
  count: [1, MANY],
  async run(context, { format, size, type = 'all' }, names) {
    if (type !== 'all' && !Object.hasOwn(KINDS, type)) {
      throw new UsageError(`invalid type: ${type}`, `It is all, ${Object.keys(KINDS).join(', ')}`);
    }
    const kinds = type === 'all' ? Object.keys(KINDS) : [type];
    return printInspected(context, names, format, (name) => first(context.client, kinds, name, size));
  },
});

export const containerInspect = inspectOf('container');
export const imageInspect = inspectOf('image');
export const networkInspect = inspectOf('network');
export const volumeInspect = inspectOf('volume');

function inspectOf(kind: string): Command {
  return command({
    usage: '[OPTIONS] NAME [NAME...]',
    options: OPTIONS,
    count: [1, MANY],
    run: async (context, { format, size }, names) =>
      printInspected(context, names, format, (name) => first(context.client, [kind], name, size)),
  });
}

/** The first thing of that name. @throws ApiError where there is none */
async function first(client: Client, kinds: readonly string[], name: string, size: boolean): Promise<unknown> {
  let failure: unknown;
  for (const kind of kinds) {
    try {
      return await KINDS[kind]?.(client, name, size);
    } catch (error) {
      // A service may not know pods or volumes: then it has none of that name.
      if (!(error instanceof ApiError) || ![404, 501].includes(error.status)) throw error;
      failure ??= error;
    }
  }
  if (kinds.length === 1) throw failure;
  throw new Failure(`no such object: "${name}"`);
}
