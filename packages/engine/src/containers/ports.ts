import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from './context.ts';
import type { PortMapping } from './definition.ts';
import type { ContainerRecord, PublishedPort } from './record.ts';

/** Host addresses a mapping without one is bound on. */
const ANY = ['0.0.0.0', '::'];

/**
 * One entry a container port and host address, with free host ports where none was named, or those `published` has for them.
 * @throws SelkieError PORT_IN_USE
 */
export function resolvePorts(
  ctx: ContainerContext,
  record: ContainerRecord,
  published: readonly PublishedPort[] = [],
): PublishedPort[] {
  // There is nowhere to forward to.
  if (record.endpoints.length === 0) return [];
  const { ports, publishAll } = record.definition.network;
  const named = new Set(ports.map((port) => `${port.containerPort}/${port.protocol}`));
  const everyExposed = publishAll ? record.process.exposed.filter((port) => !named.has(port)).map(exposedMapping) : [];
  const addresses = ctx.networks.hostAddresses?.(record.endpoints) ?? ANY;
  const resolved: PublishedPort[] = [];
  const held = new HeldPorts(published);
  for (const mapping of [...ports, ...everyExposed]) {
    for (let offset = 0; offset < mapping.range; offset++) {
      const free = (hostIp: string) => held.take(mapping, offset) ?? ctx.driver.allocatePort(mapping.protocol, hostIp);
      const hostPort =
        mapping.hostPort === undefined ? free(mapping.hostIp ?? addresses[0] ?? '0.0.0.0') : mapping.hostPort + offset;
      for (const hostIp of mapping.hostIp === undefined ? addresses : [mapping.hostIp]) {
        resolved.push({ protocol: mapping.protocol, containerPort: mapping.containerPort + offset, hostPort, hostIp });
      }
    }
  }
  refuseClashes(ctx, record, resolved);
  return resolved;
}

/** Host ports a container has been given already, each to be taken once. */
class HeldPorts {
  #ports: readonly PublishedPort[];

  constructor(ports: readonly PublishedPort[]) {
    this.#ports = ports;
  }

  take({ protocol, containerPort }: PortMapping, offset: number): number | undefined {
    const found = this.#ports.find(
      (port) => port.protocol === protocol && port.containerPort === containerPort + offset,
    );
    this.#ports = this.#ports.filter((port) => port.protocol !== protocol || port.hostPort !== found?.hostPort);
    return found?.hostPort;
  }
}

/** `80/tcp` or `8000-8010/udp`. @throws SelkieError INVALID_PARAMETER */
export function exposedMapping(exposed: string): PortMapping {
  const match = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(exposed);
  if (!match) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid exposed port: ${exposed}` });
  const containerPort = Number(match[1]);
  const last = Number(match[2] ?? containerPort);
  if (containerPort < 1 || last < containerPort || last > 65535) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid exposed port: ${exposed}` });
  }
  const protocol = match[3] === 'udp' || match[3] === 'sctp' ? match[3] : 'tcp';
  return { protocol, containerPort, range: last - containerPort + 1 };
}

function refuseClashes(ctx: ContainerContext, record: ContainerRecord, wanted: readonly PublishedPort[]): void {
  const key = (port: PublishedPort) => `${port.protocol} ${port.hostPort}`;
  const taken = new Map<string, PublishedPort[]>();
  for (const other of ctx.store.all()) {
    if (other.id === record.id || (other.state.pid === 0 && other.state.status !== 'starting')) continue;
    for (const port of other.publishedPorts) taken.set(key(port), [...(taken.get(key(port)) ?? []), port]);
  }
  for (const port of wanted) {
    const clash = taken.get(key(port))?.some((other) => overlaps(other.hostIp, port.hostIp));
    if (clash) throw new SelkieError('PORT_IN_USE', { address: `${port.hostIp}:${port.hostPort}` });
    taken.set(key(port), [...(taken.get(key(port)) ?? []), port]);
  }
}

function overlaps(a: string, b: string): boolean {
  const family = (address: string) => address.includes(':');
  return family(a) === family(b) && (a === b || ANY.includes(a) || ANY.includes(b));
}
