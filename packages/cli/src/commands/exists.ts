import type { Client } from '@selkie/bindings';
import { type Command, command } from '../command.ts';

export const containerExists = existsCommand((client, name) => client.containers.exists(name));
export const imageExists = existsCommand((client, name) => client.images.exists(name));
export const networkExists = existsCommand((client, name) => client.networks.exists(name));
export const volumeExists = existsCommand((client, name) => client.volumes.exists(name));

/** Answers by its exit code: 1 where there is none. */
function existsCommand(exists: (client: Client, name: string) => Promise<boolean>): Command {
  return command({
    usage: 'NAME',
    options: {},
    count: [1, 1],
    run: async ({ client }, _options, [name = '']) => ((await exists(client, name)) ? 0 : 1),
  });
}
