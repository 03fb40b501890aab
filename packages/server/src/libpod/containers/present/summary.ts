import type { ContainerSummary, PublishedPort } from '@selkie/contract/libpod/types/container-list';
import type { NamespaceIds } from '@selkie/engine/containers/namespaces';
import { exposedMapping } from '@selkie/engine/containers/ports';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import type { ContainerSize } from '@selkie/engine/containers/size';
import { bareId, imageName } from './image.ts';
import { healthStatus, stateWord } from './state.ts';

/** How Go prints the Unix time of a moment that never was. */
const NEVER = -62135596800;

export interface SummaryFacts {
  readonly namespaces: NamespaceIds;
  readonly size?: ContainerSize;
}

export function presentSummary(record: ContainerRecord, { namespaces, size }: SummaryFacts): ContainerSummary {
  const { definition, process, state } = record;
  const { cgroup, ipc, mnt, net, pid, user, uts } = namespaces;
  return {
    AutoRemove: definition.autoRemove,
    Command: process.args.length > 0 ? [...process.args] : null,
    Created: record.created,
    CreatedAt: '',
    CIDFile: '',
    Exited: stateWord(record) === 'exited',
    ExitedAt: seconds(state.finishedAt),
    ExitCode: state.exitCode,
    ExposedPorts: exposedPorts(process.exposed),
    Id: record.id,
    Image: imageName(record),
    ImageID: bareId(record.image?.id),
    IsInfra: false,
    Labels: Object.keys(process.labels).length > 0 ? { ...process.labels } : null,
    Mounts: mountTargets(record),
    Names: [record.name],
    Namespaces: {
      ...(mnt === undefined ? {} : { Mnt: mnt }),
      ...(cgroup === undefined ? {} : { Cgroup: cgroup }),
      ...(ipc === undefined ? {} : { Ipc: ipc }),
      ...(net === undefined ? {} : { Net: net }),
      ...(pid === undefined ? {} : { Pidns: pid }),
      ...(uts === undefined ? {} : { Uts: uts }),
      ...(user === undefined ? {} : { User: user }),
    },
    Networks: record.endpoints.map(({ networkName }) => networkName),
    Pid: state.pid,
    Pod: '',
    PodName: '',
    Ports: ports(record),
    Restarts: state.restartCount,
    Size: size ? { rootFsSize: size.total, rwSize: size.writable } : null,
    StartedAt: seconds(state.startedAt),
    State: stateWord(record),
    Status: healthStatus(record),
  };
}

function seconds(time: string | undefined): number {
  return time === undefined ? NEVER : Math.floor(Date.parse(time) / 1000);
}

function mountTargets({ definition, volumes }: ContainerRecord): string[] {
  const others = definition.mounts.flatMap((mount) => (mount.type === 'volume' ? [] : [mount.target]));
  return [...others, ...volumes.map(({ target }) => target)];
}

/** `80/tcp` as protocols by port. */
function exposedPorts(exposed: readonly string[]): Record<string, string[]> | null {
  const protocols: Record<string, string[]> = {};
  for (const { protocol, containerPort, range } of exposed.map(exposedMapping)) {
    for (let port = containerPort; port < containerPort + range; port++) {
      protocols[port] = [...(protocols[port] ?? []), protocol];
    }
  }
  return exposed.length > 0 ? protocols : null;
}

/** What is bound while it runs, what was asked for otherwise. Every address at once has no name here. */
function ports({ definition, publishedPorts, state }: ContainerRecord): PublishedPort[] | null {
  const asked = definition.network.ports.map((port) => ({
    host_ip: port.hostIp ?? '',
    container_port: port.containerPort,
    host_port: port.hostPort ?? 0,
    range: port.range,
    protocol: port.protocol,
  }));
  const bound = publishedPorts
    .filter(({ hostIp }) => hostIp !== '::')
    .map(({ hostIp, containerPort, hostPort, protocol }) => ({
      host_ip: hostIp === '0.0.0.0' ? '' : hostIp,
      container_port: containerPort,
      host_port: hostPort,
      range: 1,
      protocol,
    }));
  const shown = state.pid > 0 ? joined(bound) : asked;
  return shown.length > 0 ? shown : null;
}

/** Neighbouring ports bound to neighbouring ones are one range. */
function joined(bound: readonly PublishedPort[]): PublishedPort[] {
  const ranges: PublishedPort[] = [];
  for (const port of bound) {
    const last = ranges.at(-1);
    const continues =
      last !== undefined &&
      last.host_ip === port.host_ip &&
      last.protocol === port.protocol &&
      last.container_port + last.range === port.container_port &&
      last.host_port + last.range === port.host_port;
    if (continues) ranges[ranges.length - 1] = { ...last, range: last.range + 1 };
    else ranges.push(port);
  }
  return ranges;
}
