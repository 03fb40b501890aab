import { command, MANY } from '../command.ts';
import { each, removalExitCode } from '../each.ts';
import { Failure } from '../failure.ts';
import { flag } from '../options/option.ts';

export const networkRm = command({
  usage: '[OPTIONS] NETWORK [NETWORK...]',
  options: { force: flag('Remove the containers that use it, too', { short: 'f' }) },
  count: [1, MANY],
  async run(context, { force }, names) {
    const remove = async (name: string) => {
      const reports = await context.client.networks.delete(name, { query: { force } });
      const failed = reports.find(({ Err }) => Err);
      if (failed) throw new Failure(String(failed.Err));
      return name;
    };
    return each(context, names, remove, { exitCode: removalExitCode });
  },
});
