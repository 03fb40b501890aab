import { command } from '../command.ts';
import { filterQuery } from '../filters.ts';
import { report } from '../format/report.ts';
import { flag, list, text } from '../options/option.ts';

export const volumeLs = command({
  usage: '[OPTIONS]',
  options: {
    filter: list('KEY=VALUE', 'Show only those that match', { short: 'f' }),
    format: text('FORMAT', 'json, or a Go template'),
    noheading: flag('Print no headings', { short: 'n' }),
    quiet: flag('Print names only', { short: 'q' }),
  },
  count: [0, 0],
  async run(context, { filter, format, noheading, quiet }) {
    const volumes = await context.client.volumes.list({ query: { filters: filterQuery(filter) } });
    volumes.sort((a, b) => (a.Name < b.Name ? -1 : 1));
    if (quiet) {
      for (const { Name } of volumes) context.stdout.write(`${Name}\n`);
      return 0;
    }
    const rows = volumes.map((volume) => ({ ...volume, VolumeName: volume.Name }));
    const headers = { Name: 'VOLUME NAME' };
    const table = '{{.Driver}}\t{{.Name}}';
    await report(context, rows, { format, table, headers, noHeading: noheading, json: volumes });
    return 0;
  },
});
