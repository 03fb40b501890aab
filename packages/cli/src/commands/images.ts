import { command } from '../command.ts';
import { UsageError } from '../failure.ts';
import { filterQuery } from '../filters.ts';
import { report } from '../format/report.ts';
import { IMAGE_HEADERS, type Image, imageRows } from '../images/columns.ts';
import { flag, list, text } from '../options/option.ts';

const ORDERS: Readonly<Record<string, (a: Image, b: Image) => number>> = {
  created: (a, b) => b.Created - a.Created,
  id: (a, b) => (a.Id < b.Id ? -1 : 1),
  repository: (a, b) => ((a.RepoTags[0] ?? '') < (b.RepoTags[0] ?? '') ? -1 : 1),
  size: (a, b) => a.Size - b.Size,
};

export const images = command({
  usage: '[OPTIONS] [IMAGE]',
  options: {
    all: flag('Show those too that are only parents', { short: 'a' }),
    digests: flag('Show the digests'),
    filter: list('KEY=VALUE', 'Show only those that match', { short: 'f' }),
    format: text('FORMAT', 'json, or a Go template'),
    'no-trunc': flag('Do not shorten IDs'),
    noheading: flag('Print no headings', { short: 'n' }),
    quiet: flag('Print IDs only', { short: 'q' }),
    sort: text('FIELD', `Order: ${Object.keys(ORDERS).join(', ')} (default created)`),
  },
  count: [0, 1],
  async run(context, options, [reference]) {
    const { all, format, sort = 'created', 'no-trunc': noTrunc } = options;
    const order = Object.hasOwn(ORDERS, sort) ? ORDERS[sort] : undefined;
    if (order === undefined) throw new UsageError(`invalid --sort: ${sort}`, `It is ${Object.keys(ORDERS).join(', ')}`);
    const filters = filterQuery([...options.filter, ...(reference === undefined ? [] : [`reference=${reference}`])]);
    const listed = await context.client.images.list({ query: { all, filters } });
    listed.sort(order);
    const rows = listed.flatMap((image) => imageRows(image, noTrunc));
    if (options.quiet) {
      for (const id of new Set(rows.map(({ ID }) => ID))) context.stdout.write(`${id}\n`);
      return 0;
    }
    const digest = options.digests ? '{{.Digest}}\t' : '';
    await report(context, rows, {
      format,
      table: `{{.Repository}}\t{{.Tag}}\t${digest}{{.ID}}\t{{.CreatedSince}}\t{{.Size}}`,
      headers: IMAGE_HEADERS,
      noHeading: options.noheading,
      json: listed,
    });
    return 0;
  },
});
