import type { Areas } from '@selkie/bindings';
import { command } from '../command.ts';
import { filterQuery } from '../filters.ts';
import { goTime } from '../format/age.ts';
import { fill } from '../format/report.ts';
import { flag, list, text } from '../options/option.ts';
import { write } from '../session/pump.ts';

type Event = Awaited<ReturnType<Areas['system']['events']>> extends AsyncIterable<infer E> ? E : never;

export const events = command({
  usage: '[OPTIONS]',
  options: {
    filter: list('KEY=VALUE', 'Show only those that match', { short: 'f' }),
    format: text('FORMAT', 'json, or a Go template'),
    'no-trunc': flag('Do not shorten IDs', { default: true }),
    since: text('TIME', 'Not before: a time, or a duration such as 10m ago'),
    stream: flag('Wait for further events', { default: true }),
    until: text('TIME', 'Not after'),
  },
  count: [0, 0],
  async run({ client, stdout }, options) {
    const { since, until, stream, format, 'no-trunc': noTrunc } = options;
    const query = { since, until, stream, filters: filterQuery(options.filter) };
    for await (const event of await client.system.events({ query })) {
      const line =
        format === undefined
          ? eventLine(event, noTrunc)
          : format === 'json'
            ? JSON.stringify(eventFields(event))
            : await fill(format, { ...event, ...eventFields(event) });
      await write(stdout, `${line}\n`);
    }
    return 0;
  },
});

/** An event as podman's formats see it. */
function eventFields({ Type, Action, Actor, time, timeNano, HealthStatus }: Event) {
  const { image, name, network, containerExitCode, ...Attributes } = Actor.Attributes;
  return {
    ID: Actor.ID,
    Name: name ?? '',
    Image: image ?? '',
    Network: network ?? '',
    Status: Action,
    Type,
    Time: goTime(new Date(time * 1000), `.${String(timeNano).slice(-9)}`),
    TimeNano: timeNano,
    Attributes,
    ...(HealthStatus && { HealthStatus }),
    ...(containerExitCode !== undefined && { ContainerExitCode: Number(containerExitCode) }),
  };
}

export function eventLine(event: Event, noTrunc = true): string {
  const { Time, Type, Status, ID, Name, Image, Network, Attributes, HealthStatus } = eventFields(event);
  const id = noTrunc ? ID : ID.slice(0, 12);
  const head = `${Time} ${Type} ${Status}`;
  switch (Type) {
    case 'container':
    case 'pod': {
      const more = Object.entries(Attributes)
        .filter(([key, value]) => key !== 'podId' || value !== '')
        .map(([key, value]) => `, ${key}=${value}`);
      const health = HealthStatus ? `, health_status=${HealthStatus}` : '';
      return `${head} ${id} (image=${Image}, name=${Name}${health}${more.join('')})`;
    }
    case 'network':
      return `${head} ${Network || Name} (container=${Attributes.container ?? id}, name=${Network || Name})`;
    case 'system':
      return head;
    case 'volume':
      return `${head} ${Name || id}`;
    default:
      return `${head} ${id} ${Name}`;
  }
}
