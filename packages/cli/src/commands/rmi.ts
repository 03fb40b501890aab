import { command, MANY } from '../command.ts';
import { EXIT, UsageError } from '../failure.ts';
import { flag } from '../options/option.ts';

export const rmi = command({
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  options: {
    all: flag('Remove every image', { short: 'a' }),
    force: flag('Remove the containers that use it, too', { short: 'f' }),
    ignore: flag('No error where there is no such image', { short: 'i' }),
    'no-prune': flag('Keep untagged parents'),
  },
  count: [0, MANY],
  async run({ client, stdout, stderr, name }, options, references) {
    const { all, force, ignore, 'no-prune': noprune } = options;
    if (all && references.length > 0) throw new UsageError('--all cannot be combined with names');
    if (!all && references.length === 0) throw new UsageError(`selkie ${name} needs the name or ID of an image`);
    const { Untagged, Deleted, Errors, ExitCode } = await client.images.deleteAll({
      query: { images: [...references], all, force, ignore, noprune },
    });
    for (const untagged of Untagged ?? []) stdout.write(`Untagged: ${untagged}\n`);
    for (const deleted of Deleted ?? []) stdout.write(`Deleted: ${deleted}\n`);
    for (const error of Errors ?? []) stderr.write(`Error: ${error}\n`);
    return (Errors ?? []).length === 0 ? 0 : ExitCode || EXIT.failure;
  },
});
