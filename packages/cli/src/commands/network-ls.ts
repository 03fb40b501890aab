import { command } from '../command.ts';
import { filterQuery } from '../filters.ts';
import { report } from '../format/report.ts';
import { flag, list, text } from '../options/option.ts';

export const networkLs = command({
  usage: '[OPTIONS]',
  options: {
    filter: list('KEY=VALUE', 'Show only those that match', { short: 'f' }),
    format: text('FORMAT', 'json, or a Go template'),
    'no-trunc': flag('Do not shorten IDs'),
    noheading: flag('Print no headings', { short: 'n' }),
    quiet: flag('Print names only', { short: 'q' }),
  },
  count: [0, 0],
  async run(context, { filter, format, noheading, quiet, 'no-trunc': noTrunc }) {
    const networks = await context.client.networks.list({ query: { filters: filterQuery(filter) } });
    networks.sort((a, b) => (a.name < b.name ? -1 : 1));
    if (quiet) {
      for (const { name } of networks) context.stdout.write(`${name}\n`);
      return 0;
    }
    const rows = networks.map((network) => ({
      ...network,
      ID: noTrunc ? network.id : network.id.slice(0, 12),
      Name: network.name,
      Driver: network.driver,
      Created: network.created,
      Labels: Object.entries(network.labels ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    }));
    const headers = { ID: 'NETWORK ID' };
    await report(context, rows, {
      format,
      table: '{{.ID}}\t{{.Name}}\t{{.Driver}}',
      headers,
      noHeading: noheading,
      json: networks,
    });
    return 0;
  },
});
