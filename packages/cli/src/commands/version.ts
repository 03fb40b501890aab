import { NEWEST_VERSION } from '@selkie/bindings';
import manifest from '../../package.json' with { type: 'json' };
import { command } from '../command.ts';
import { fill } from '../format/report.ts';
import { flag, text } from '../options/option.ts';

export const version = command({
  usage: '[OPTIONS]',
  options: {
    client: flag('Tell the version of this command only'),
    format: text('FORMAT', 'json, or a Go template', { short: 'f' }),
  },
  count: [0, 0],
  async run({ client, stdout }, { format, client: clientOnly }) {
    const versions = {
      Client: {
        Name: 'Selkie',
        Version: manifest.version,
        APIVersion: NEWEST_VERSION,
        NodeVersion: process.version,
        OsArch: `${process.platform}/${process.arch}`,
      },
      ...(!clientOnly && { Server: serverVersion(await client.system.version()) }),
    };
    if (format === 'json') stdout.write(`${JSON.stringify(versions, null, 2)}\n`);
    else if (format !== undefined) stdout.write(`${await fill(format, versions)}\n`);
    else if (clientOnly) stdout.write(`selkie version ${manifest.version}\n`);
    else stdout.write(Object.entries(versions).map(section).join('\n'));
    return 0;
  },
});

interface Server {
  readonly Version: string;
  readonly ApiVersion: string;
  readonly Os: string;
  readonly Arch: string;
  readonly Platform?: { readonly Name: string };
  readonly Components?: readonly { readonly Details: Readonly<Record<string, string>> }[] | null;
}

function serverVersion({ Version, ApiVersion, Os, Arch, Components, Platform }: Server) {
  return {
    Name: Platform?.Name ?? '',
    Version,
    APIVersion: Components?.[0]?.Details.APIVersion ?? ApiVersion,
    OsArch: `${Os}/${Arch}`,
  };
}

const LABELS: Readonly<Record<string, string>> = {
  APIVersion: 'API version',
  NodeVersion: 'Node version',
  OsArch: 'OS/Arch',
};

function section([side, { Name, ...fields }]: readonly [string, { readonly Name: string }]): string {
  const lines = Object.entries(fields).map(([key, value]) => `${`${LABELS[key] ?? key}:`.padEnd(14)}${value}\n`);
  return `${`${side}:`.padEnd(14)}${Name}\n${lines.join('')}`;
}
