import type { PublishedPorts } from '@selkie/contract/docker/types/container-inspect';
import type { PortSummary } from '@selkie/contract/docker/types/container-list';
import { exposedMapping } from '@selkie/engine/containers/ports';
import type { ContainerRecord } from '@selkie/engine/containers/record';

/** `80/tcp` → where it is bound on the host; null for what is exposed only. */
export function presentPorts(record: ContainerRecord): PublishedPorts {
  if (record.state.pid === 0) return {};
  const ports: PublishedPorts = Object.fromEntries(record.process.exposed.map((port) => [port, null]));
  for (const { containerPort, protocol, hostIp, hostPort } of record.publishedPorts) {
    const key = `${containerPort}/${protocol}`;
    ports[key] = [...(ports[key] ?? []), { HostIp: hostIp, HostPort: String(hostPort) }];
  }
  return ports;
}

/** The same as a flat list. */
export function summarisePorts(record: ContainerRecord): PortSummary[] {
  if (record.state.pid === 0) return [];
  const bound = record.publishedPorts.map(({ containerPort, protocol, hostIp, hostPort }) => ({
    IP: hostIp,
    PrivatePort: containerPort,
    PublicPort: hostPort,
    Type: protocol,
  }));
  const published = new Set(bound.map((port) => `${port.PrivatePort}/${port.Type}`));
  const exposed = record.process.exposed
    .filter((port) => !published.has(port))
    .map(exposedMapping)
    .map(({ containerPort, protocol }) => ({ PrivatePort: containerPort, Type: protocol }));
  return [...bound, ...exposed];
}

/** What was asked to be published, running or not. */
export function presentPortBindings({ definition }: ContainerRecord): PublishedPorts {
  const bindings: PublishedPorts = {};
  for (const { containerPort, protocol, hostIp, hostPort, range } of definition.network.ports) {
    for (let offset = 0; offset < range; offset++) {
      const key = `${containerPort + offset}/${protocol}`;
      const host = { HostIp: hostIp ?? '', HostPort: hostPort === undefined ? '' : String(hostPort + offset) };
      bindings[key] = [...(bindings[key] ?? []), host];
    }
  }
  return bindings;
}
