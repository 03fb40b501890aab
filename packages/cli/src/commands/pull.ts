import { command, MANY } from '../command.ts';
import { UsageError } from '../failure.ts';
import { credentialsHeader } from '../images/credentials.ts';
import { pullImage } from '../images/pull.ts';
import { flag, text } from '../options/option.ts';

export const pull = command({
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  options: {
    'all-tags': flag('Pull every tag of the repository', { short: 'a' }),
    arch: text('ARCH', 'Architecture of the image'),
    creds: text('USER:PASSWORD', 'Credentials for the registry'),
    os: text('OS', 'Operating system of the image'),
    platform: text('OS/ARCH[/VARIANT]', 'Platform of the image'),
    policy: text('POLICY', 'always, missing, newer or never (default always)'),
    quiet: flag('Print the ID only', { short: 'q' }),
    'tls-verify': flag("Check the registry's certificate", { default: true }),
    variant: text('VARIANT', 'Variant of the architecture'),
  },
  count: [1, MANY],
  async run(context, options, references) {
    const { arch, os, variant, platform, policy, quiet } = options;
    if (platform !== undefined && (arch ?? os ?? variant) !== undefined) {
      throw new UsageError('--platform cannot be combined with --arch, --os or --variant');
    }
    const [platformOs, platformArch, platformVariant] = platform?.split('/') ?? [];
    for (const reference of references) {
      const query = {
        reference,
        policy,
        quiet,
        allTags: options['all-tags'],
        OS: os ?? platformOs,
        Arch: arch ?? platformArch,
        Variant: variant ?? platformVariant,
        ...(!options['tls-verify'] && { tlsVerify: false }),
      };
      context.stdout.write(`${await pullImage(context, query, credentialsHeader(options.creds))}\n`);
    }
    return 0;
  },
});
