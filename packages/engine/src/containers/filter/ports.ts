import { SelkieError } from '@selkie/contract';
import { exposedMapping } from '../ports.ts';
import type { ContainerRecord } from '../record.ts';

interface PortRange {
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
}

/** Host ports, taken or to be taken. @throws SelkieError INVALID_PARAMETER */
export function publishFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const wanted = values.map((value) => parsePorts('publish', value));
  return (record) => overlapAny(wanted, publishedPorts(record));
}

/** Container ports, published or only documented. @throws SelkieError INVALID_PARAMETER */
export function exposeFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const wanted = values.map((value) => parsePorts('expose', value));
  return (record) => overlapAny(wanted, exposedPorts(record));
}

function publishedPorts({ publishedPorts, definition }: ContainerRecord): PortRange[] {
  const asked = definition.network.ports.flatMap(({ protocol, hostPort, range }) =>
    hostPort === undefined ? [] : [{ protocol, first: hostPort, last: hostPort + range - 1 }],
  );
  const bound = publishedPorts.map(({ protocol, hostPort }) => ({ protocol, first: hostPort, last: hostPort }));
  return [...asked, ...bound];
}

function exposedPorts({ process, definition }: ContainerRecord): PortRange[] {
  return [...definition.network.ports, ...process.exposed.map(exposedMapping)].map(
    ({ protocol, containerPort, range }) => ({ protocol, first: containerPort, last: containerPort + range - 1 }),
  );
}

function overlapAny(wanted: readonly PortRange[], ports: readonly PortRange[]): boolean {
  return wanted.some((a) => ports.some((b) => a.protocol === b.protocol && a.first <= b.last && b.first <= a.last));
}

/** `80`, `80/udp`, `8000-8010/tcp`. */
function parsePorts(key: string, value: string): PortRange {
  const refuse = (reason: string): never => {
    throw new SelkieError('INVALID_PARAMETER', { reason: `error while looking up for ${key} ${value}: ${reason}` });
  };
  const [ports = '', protocol = 'tcp'] = value.split(/\/(.*)/s);
  const [first = 0, last = first] = ports.split(/-(.*)/s, 2).map((text) => {
    if (!/^\d+$/.test(text)) return refuse(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
    if (Number(text) > 65535) {
      return refuse(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
    }
    return Number(text);
  });
  if (last < first) refuse(`Invalid range specified for the Port: ${ports}`);
  return { protocol: protocol.toLowerCase(), first, last };
}
