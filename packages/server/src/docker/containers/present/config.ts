import type { HealthConfig } from '@selkie/contract/docker/types/container-config';
import type { InspectConfig } from '@selkie/contract/docker/types/container-inspect';
import type { HealthDefinition } from '@selkie/engine/containers/definition';
import { hostnameOf } from '@selkie/engine/containers/files';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { signalName } from '@selkie/engine/containers/signals';
import { orNull } from './names.ts';

const NANOSECONDS = 1e9;
const SIGTERM = 15;

export function presentConfig(record: ContainerRecord): InspectConfig {
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
    ...(process.exposed.length > 0
      ? { ExposedPorts: Object.fromEntries(process.exposed.map((port) => [port, {}])) }
      : {}),
    Tty: asked.terminal,
    OpenStdin: asked.stdin,
    StdinOnce: asked.stdinOnce,
    Env: [...process.env],
    Cmd: orNull(process.command),
    ...(definition.health ? { Healthcheck: presentHealthConfig(definition.health) } : {}),
    Image: record.image?.name ?? '',
    Volumes: volumes.length > 0 ? Object.fromEntries(volumes) : null,
    WorkingDir: process.workdir === '/' && !asked.workdir ? '' : process.workdir,
    Entrypoint: orNull(process.entrypoint),
    OnBuild: null,
    Labels: { ...process.labels },
    ...(process.stopSignal === SIGTERM && !asked.stopSignal ? {} : { StopSignal: signalName(process.stopSignal) }),
    ...(asked.stopTimeout === undefined ? {} : { StopTimeout: asked.stopTimeout }),
  };
}

export function presentHealthConfig(health: HealthDefinition): HealthConfig {
  const nanos = (seconds: number | undefined) =>
    seconds === undefined ? undefined : Math.round(seconds * NANOSECONDS);
  return {
    Test: [...health.test],
    ...(health.interval === undefined ? {} : { Interval: nanos(health.interval) }),
    ...(health.timeout === undefined ? {} : { Timeout: nanos(health.timeout) }),
    ...(health.startPeriod === undefined ? {} : { StartPeriod: nanos(health.startPeriod) }),
    ...(health.startInterval === undefined ? {} : { StartInterval: nanos(health.startInterval) }),
    ...(health.retries === undefined ? {} : { Retries: health.retries }),
  };
}
