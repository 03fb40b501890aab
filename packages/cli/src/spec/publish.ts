import { UsageError } from '../failure.ts';
import type { Spec } from './spec.ts';

type PortMapping = NonNullable<Spec['portmappings']>[number];

/** `[[IP:]HOST:]PORT[/PROTOCOL]`, each port a number or a range, an IPv6 address in brackets. @throws UsageError */
export function parsePublish(text: string): PortMapping {
  const pattern = /^(?:(?:(\[[^\]]*\]|[^:[]*):)?([\d-]*):)?(\d+(?:-\d+)?)(?:\/(\w+))?$/;
  const [whole, ip, host = '', container = '', protocol] = pattern.exec(text) ?? [];
  if (whole === undefined) throw bad(text, 'It is [[IP:]HOST:]PORT[/PROTOCOL]');
  const inside = ports(text, container);
  const outside = host === '' ? undefined : ports(text, host);
  if (outside !== undefined && outside.count !== inside.count) throw bad(text, 'The two ranges differ in length');
  return {
    container_port: inside.first,
    range: inside.count,
    ...(outside !== undefined && { host_port: outside.first }),
    ...(ip && { host_ip: ip.replace(/^\[|\]$/g, '') }),
    ...(protocol !== undefined && { protocol: protocol.toLowerCase() }),
  };
}

function ports(text: string, range: string): { readonly first: number; readonly count: number } {
  const [first = 0, last = first, ...rest] = range.split('-').map(Number);
  const valid = [first, last].every((port) => Number.isInteger(port) && port >= 1 && port <= 65_535);
  if (!valid || last < first || rest.length > 0) throw bad(text, 'Ports are 1 to 65535');
  return { first, count: last - first + 1 };
}

function bad(text: string, hint: string): UsageError {
  return new UsageError(`invalid port: ${text}`, hint);
}
