import type { Areas } from '@selkie/bindings';
import { command, MANY } from '../command.ts';
import { Failure } from '../failure.ts';
import { duration } from '../format/elapsed.ts';
import { type Row, render } from '../format/report.ts';
import { decimalSize } from '../format/size.ts';
import { flag, integer, text } from '../options/option.ts';

type Report = Awaited<ReturnType<Areas['containers']['statsAll']>> extends AsyncIterable<infer R> ? R : never;
type Stats = NonNullable<Report['Stats']>[number];

const TABLE =
  '{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}\t{{.CPUTime}}\t{{.AvgCPU}}';

const HEADERS = {
  CPUPerc: 'CPU %',
  MemUsage: 'MEM USAGE / LIMIT',
  MemPerc: 'MEM %',
  NetIO: 'NET IO',
  BlockIO: 'BLOCK IO',
  PIDs: 'PIDS',
  CPUTime: 'CPU TIME',
  AvgCPU: 'AVG CPU %',
};

const HOME_AND_CLEAR = '\x1b[H\x1b[J';

export const stats = command({
  usage: '[OPTIONS] [CONTAINER...]',
  options: {
    all: flag('Show those too that do not run', { short: 'a' }),
    format: text('FORMAT', 'json, or a Go template'),
    interval: integer('SECONDS', 'Time between two reports', { short: 'i' }),
    'no-reset': flag('Do not clear the screen between two reports'),
    'no-stream': flag('Print one report only'),
    'no-trunc': flag('Do not shorten IDs'),
  },
  count: [0, MANY],
  async run({ client, stdout }, options, names) {
    const { all, format, interval, 'no-trunc': noTrunc, 'no-stream': once } = options;
    const query = { all, stream: !once, interval, ...(names.length > 0 && { containers: [...names] }) };
    const clear = stdout.isTTY && !once && !options['no-reset'] && format !== 'json';
    for await (const { Error: failure, Stats: all } of await client.containers.statsAll({ query })) {
      if (failure) throw new Failure(typeof failure === 'string' ? failure : JSON.stringify(failure));
      const rows = (all ?? []).map((item) => statsRow(item, noTrunc));
      const lines = await render(rows, { format, table: TABLE, headers: HEADERS });
      stdout.write(clear ? `${HOME_AND_CLEAR}${lines}` : lines);
    }
    return 0;
  },
});

function statsRow(stats: Stats, noTrunc: boolean): Row {
  const networks = Object.values(stats.Network ?? {});
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const received = sum(networks.map(({ RxBytes }) => RxBytes));
  const sent = sum(networks.map(({ TxBytes }) => TxBytes));
  return {
    ...stats,
    ID: noTrunc ? stats.ContainerID : stats.ContainerID.slice(0, 12),
    CPUPerc: percent(stats.CPU),
    MemUsage: pairOf(stats.MemUsage, stats.MemLimit),
    MemPerc: percent(stats.MemPerc),
    NetIO: pairOf(received, sent),
    BlockIO: pairOf(stats.BlockInput, stats.BlockOutput),
    CPUTime: duration(stats.CPUNano),
    AvgCPU: percent(stats.AvgCPU),
  };
}

function pairOf(a: number, b: number): string {
  return `${decimalSize(a)} / ${decimalSize(b)}`;
}

function percent(value: number): string {
  return `${value.toFixed(2)}%`;
}
