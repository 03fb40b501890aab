import type { HealthConfig } from '@selkie/contract/docker/types/container-config';
import type { ContainerCreateRequest } from '@selkie/contract/docker/types/container-create';
import type { HostConfig } from '@selkie/contract/docker/types/host-config';
import type { ContainerDefinition, HealthDefinition, RestartDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';
import { volumesFrom } from '../../../translate/volumes-from.ts';
import { logDefinition } from './log.ts';
import { mountDefinitions } from './mounts.ts';
import { namespacesDefinition } from './namespaces.ts';
import { networkAttachments } from './network.ts';
import { processDefinition } from './process.ts';
import { deviceDefinitions, resourcesDefinition } from './resources.ts';
import { securityDefinition } from './security.ts';

const NANOSECONDS = 1e9;

/** Docker's create body in the engine's words. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
export function containerDefinition(name: string | undefined, body: ContainerCreateRequest): ContainerDefinition {
  const host = body.HostConfig ?? {};
  refuseUndelivered(body, host);
  if (!body.Image) invalid('Config.Image cannot be empty');
  return {
    ...(name ? { name } : {}),
    image: body.Image,
    process: processDefinition(body),
    ...(body.Hostname ? { hostname: body.Hostname } : {}),
    ...(body.Domainname ? { domainname: body.Domainname } : {}),
    labels: body.Labels ?? {},
    annotations: host.Annotations ?? {},
    mounts: mountDefinitions(body),
    ...(host.VolumesFrom?.length ? { volumesFrom: volumesFrom(host.VolumesFrom) } : {}),
    devices: deviceDefinitions(host),
    security: securityDefinition(host),
    namespaces: namespacesDefinition(host),
    resources: resourcesDefinition(host),
    network: networkAttachments(body),
    hosts: {
      extraHosts: host.ExtraHosts ?? [],
      dns: host.Dns ?? [],
      dnsSearch: host.DnsSearch ?? [],
      dnsOptions: host.DnsOptions ?? [],
      manageHosts: true,
      manageResolv: true,
      manageHostname: true,
    },
    log: logDefinition(host.LogConfig),
    restart: restartDefinition(host),
    ...(body.Healthcheck ? { health: healthDefinition(body.Healthcheck) } : {}),
    autoRemove: host.AutoRemove ?? false,
    init: host.Init ?? false,
    ...(host.ShmSize ? { shmSize: host.ShmSize } : {}),
    ...(host.Runtime ? { runtime: host.Runtime } : {}),
    origin: { dialect: 'docker' },
  };
}

function refuseUndelivered(body: ContainerCreateRequest, host: HostConfig): void {
  if (host.ContainerIDFile) unsupported('HostConfig.ContainerIDFile', 'the client writes it');
  if (host.Cgroup) unsupported('HostConfig.Cgroup', 'share a cgroup namespace with CgroupnsMode');
  if (Object.keys(host.StorageOpt ?? {}).length > 0)
    unsupported('HostConfig.StorageOpt', 'the overlay snapshots have no options');
  if (host.Isolation && host.Isolation !== 'default')
    unsupported(`HostConfig.Isolation ${host.Isolation}`, 'it is for Windows containers');
  if (body.OnBuild?.length) unsupported('OnBuild', 'it belongs to images');
}

export function restartDefinition({ RestartPolicy, AutoRemove }: HostConfig): RestartDefinition {
  const { Name: name = '', MaximumRetryCount = 0 } = RestartPolicy ?? {};
  if (AutoRemove && name !== '' && name !== 'no')
    invalid(`can't create 'AutoRemove' container with restart policy '${name}'`);
  switch (name) {
    case '':
    case 'no':
      return { policy: 'no', maximumRetries: MaximumRetryCount };
    case 'always':
    case 'on-failure':
    case 'unless-stopped':
      return { policy: name, maximumRetries: MaximumRetryCount };
    default:
      return invalid(
        `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
      );
  }
}

/** Docker's times are nanoseconds; 0 means the default. */
function healthDefinition(config: HealthConfig): HealthDefinition {
  const seconds = (field: string, nanos: number | undefined) => {
    if (nanos === undefined || nanos === 0) return undefined;
    if (nanos < 1e6) invalid(`${field} in Healthcheck cannot be less than 1ms`);
    return nanos / NANOSECONDS;
  };
  if ((config.Retries ?? 0) < 0) invalid('Retries in Healthcheck cannot be negative');
  return {
    test: config.Test ?? [],
    interval: seconds('Interval', config.Interval),
    timeout: seconds('Timeout', config.Timeout),
    startPeriod: seconds('StartPeriod', config.StartPeriod),
    startInterval: seconds('StartInterval', config.StartInterval),
    ...(config.Retries ? { retries: config.Retries } : {}),
  };
}
