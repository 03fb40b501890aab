import { command } from '../command.ts';
import { CONTAINER_HEADERS, CONTAINER_TABLE, type Container, containerRow } from '../containers/columns.ts';
import { UsageError } from '../failure.ts';
import { filterQuery } from '../filters.ts';
import { report } from '../format/report.ts';
import { flag, integer, list, text } from '../options/option.ts';

/** Comparisons by the word given to --sort. */
const ORDERS: Readonly<Record<string, (a: Container, b: Container) => number>> = {
  command: (a, b) => compare((a.Command ?? []).join(' '), (b.Command ?? []).join(' ')),
  created: (a, b) => Date.parse(b.Created) - Date.parse(a.Created),
  id: (a, b) => compare(a.Id, b.Id),
  image: (a, b) => compare(a.Image, b.Image),
  names: (a, b) => compare(a.Names[0] ?? '', b.Names[0] ?? ''),
  runningfor: (a, b) => a.StartedAt - b.StartedAt,
  size: (a, b) => (a.Size?.rootFsSize ?? 0) - (b.Size?.rootFsSize ?? 0),
  status: (a, b) => compare(a.State, b.State),
};

export const ps = command({
  usage: '[OPTIONS]',
  options: {
    all: flag('Show those too that do not run', { short: 'a' }),
    filter: list('KEY=VALUE', 'Show only those that match', { short: 'f' }),
    format: text('FORMAT', 'json, or a Go template'),
    last: integer('COUNT', 'Show the latest created, in whatever state', { short: 'n' }),
    latest: flag('Show the latest created only', { short: 'l' }),
    'no-trunc': flag('Do not shorten IDs and commands'),
    noheading: flag('Print no headings'),
    quiet: flag('Print IDs only', { short: 'q' }),
    size: flag('Show the sizes', { short: 's' }),
    sort: text('FIELD', `Order: ${Object.keys(ORDERS).join(', ')} (default created)`),
  },
  count: [0, 0],
  async run(context, options) {
    const { all, format, size, sort = 'created', 'no-trunc': noTrunc } = options;
    if (options.quiet && size) throw new UsageError('--quiet cannot be combined with --size');
    const order = Object.hasOwn(ORDERS, sort) ? ORDERS[sort] : undefined;
    if (order === undefined) throw new UsageError(`invalid --sort: ${sort}`, `It is ${Object.keys(ORDERS).join(', ')}`);
    const limit = options.latest ? 1 : options.last;
    const filters = filterQuery(options.filter);
    const containers = await context.client.containers.list({
      query: { all: all || limit !== undefined || 'status' in filters, filters, size, limit },
    });
    containers.sort(order);
    if (options.quiet) {
      for (const { Id } of containers) context.stdout.write(`${noTrunc ? Id : Id.slice(0, 12)}\n`);
      return;
    }
    const rows = containers.map((container) => containerRow(container, noTrunc));
    const table = size ? `${CONTAINER_TABLE}\t{{.Size}}` : CONTAINER_TABLE;
    await report(context, rows, {
      format,
      table,
      headers: CONTAINER_HEADERS,
      noHeading: options.noheading,
      json: containers,
    });
  },
});

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
