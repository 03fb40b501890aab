import { command } from '../command.ts';
import { flag, list, text } from '../options/option.ts';
import { pairs, settings } from '../spec/text.ts';

export const volumeCreate = command({
  usage: '[OPTIONS] [NAME]',
  options: {
    driver: text('DRIVER', 'Driver of the volume (default local)', { short: 'd' }),
    ignore: flag('No error where there is such a volume'),
    label: list('KEY=VALUE', 'Label the volume', { short: 'l' }),
    opt: list('KEY=VALUE', 'Option of the driver', { short: 'o' }),
  },
  count: [0, 1],
  async run({ client, stdout }, { driver, ignore, label, opt }, [Name]) {
    const volume = await client.volumes.create({
      body: {
        Name,
        Driver: driver,
        Labels: pairs(label),
        Options: settings('--opt', opt),
        IgnoreIfExists: ignore,
      },
    });
    stdout.write(`${volume.Name}\n`);
    return 0;
  },
});
