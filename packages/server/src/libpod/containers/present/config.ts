import type { InspectContainerConfig } from '@selkie/contract/libpod/types/container-inspect';
import type { HealthConfig } from '@selkie/contract/libpod/types/spec-generator';
import type { HealthDefinition } from '@selkie/engine/containers/definition';
import { hostnameOf } from '@selkie/engine/containers/files';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { signalName } from '@selkie/engine/containers/signals';
import { imageName } from './image.ts';

const NANOSECONDS = 1e9;
const DEFAULT_STOP_TIMEOUT = 10;
/** What the engine's health checks keep. */
const HEALTH_LOG = { entries: 5, bytes: 4096 };

export function presentConfig(record: ContainerRecord): InspectContainerConfig {
  const { definition, process } = record;
  const asked = definition.process;
  const volumes = record.volumes.filter(({ anonymous }) => anonymous).map(({ target }) => [target, {}] as const);
  return {
    Hostname: hostnameOf(record),
    Domainname: definition.domainname ?? '',
    User: process.user,
    AttachStdin: asked.attach.stdin,
    AttachStdout: asked.attach.stdout,
    AttachStderr: asked.attach.stderr,
    Tty: asked.terminal,
    OpenStdin: asked.stdin,
    StdinOnce: asked.stdinOnce,
    Env: [...process.env],
    Cmd: orNull(process.command),
    Image: imageName(record),
    Volumes: volumes.length > 0 ? Object.fromEntries(volumes) : null,
    WorkingDir: process.workdir,
    Entrypoint: orNull(process.entrypoint),
    OnBuild: null,
    Labels: Object.keys(process.labels).length > 0 ? { ...process.labels } : null,
    Annotations: Object.keys(definition.annotations).length > 0 ? { ...definition.annotations } : null,
    StopSignal: signalName(process.stopSignal),
    ...(definition.health ? { Healthcheck: presentHealthConfig(definition.health) } : {}),
    HealthcheckOnFailureAction: 'none',
    HealthLogDestination: 'local',
    HealthcheckMaxLogCount: HEALTH_LOG.entries,
    HealthcheckMaxLogSize: HEALTH_LOG.bytes,
    ...(definition.origin.command ? { CreateCommand: [...definition.origin.command] } : {}),
    Umask: (asked.umask ?? '').padStart(4, '0022'),
    Timeout: 0,
    StopTimeout: asked.stopTimeout ?? DEFAULT_STOP_TIMEOUT,
    Passwd: false,
    ...exposedPorts(record),
  };
}

function presentHealthConfig(health: HealthDefinition): HealthConfig {
  const nanos = (seconds: number) => Math.round(seconds * NANOSECONDS);
  return {
    Test: [...health.test],
    ...(health.interval === undefined ? {} : { Interval: nanos(health.interval) }),
    ...(health.timeout === undefined ? {} : { Timeout: nanos(health.timeout) }),
    ...(health.startPeriod === undefined ? {} : { StartPeriod: nanos(health.startPeriod) }),
    ...(health.startInterval === undefined ? {} : { StartInterval: nanos(health.startInterval) }),
    ...(health.retries === undefined ? {} : { Retries: health.retries }),
  };
}

/** What is published counts as exposed. */
function exposedPorts({ definition, process }: ContainerRecord): { ExposedPorts?: Record<string, object> } {
  const published = definition.network.ports.flatMap(({ containerPort, protocol, range }) =>
    Array.from({ length: range }, (_, offset) => `${containerPort + offset}/${protocol}`),
  );
  const ports = new Set([...process.exposed, ...published]);
  return ports.size > 0 ? { ExposedPorts: Object.fromEntries(Array.from(ports, (port) => [port, {}])) } : {};
}

/** `[a]` or null, as Go prints a slice that was never made. */
function orNull(items: readonly string[]): string[] | null {
  return items.length === 0 ? null : [...items];
}
