import { command } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { flag } from '../options/option.ts';

export const port = command({
  usage: '[OPTIONS] [CONTAINER [PORT[/PROTOCOL]]]',
  options: {
    all: flag('Show the ports of every container that runs', { short: 'a' }),
  },
  count: [0, 2],
  async run({ client, stdout }, { all }, [name, wanted]) {
    if (all === (name !== undefined)) throw new UsageError('give the name of a container, or --all');
    const names = name === undefined ? (await client.containers.list()).map(({ Id }) => Id) : [name];
    for (const each of names) {
      const lines = publishedLines((await client.containers.inspect(each)).NetworkSettings.Ports, wanted);
      if (wanted !== undefined && lines.length === 0) throw new Failure(`failed to find published port "${wanted}"`);
      for (const line of lines) stdout.write(`${all ? `${each.slice(0, 12)}\t` : ''}${line}\n`);
    }
    return 0;
  },
});

type Ports = Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>>;

/** `80/tcp -> 0.0.0.0:8080`; where one port is asked for only where it leads. */
function publishedLines(ports: Ports, wanted: string | undefined): string[] {
  const whole = wanted === undefined || wanted.includes('/') ? wanted : `${wanted}/tcp`;
  return Object.entries(ports)
    .filter(([inside]) => whole === undefined || inside === whole)
    .flatMap(([inside, outside]) =>
      (outside ?? []).map(({ HostIp, HostPort }) => {
        const leads = `${HostIp === '' ? '0.0.0.0' : HostIp}:${HostPort}`;
        return whole === undefined ? `${inside} -> ${leads}` : leads;
      }),
    );
}
