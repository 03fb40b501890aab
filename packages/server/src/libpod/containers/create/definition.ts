import type { HealthConfig, SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { ContainerDefinition, HealthDefinition, LogDefinition } from '@selkie/engine/containers/definition';
import { hostPlatform, normalize, type Platform } from '@selkie/engine/images/platform';
import { invalid, unsupported } from '../../../translate/refuse.ts';
import { volumesFrom } from '../../../translate/volumes-from.ts';
import { mountDefinitions } from './mounts.ts';
import { namespacesDefinition } from './namespaces.ts';
import { networkAttachments } from './network.ts';
import { processDefinition } from './process.ts';
import { deviceDefinitions, resourcesDefinition } from './resources.ts';
import { restartDefinition } from './restart.ts';
import { securityDefinition } from './security.ts';
import { refuseUndelivered } from './undelivered.ts';

const NANOSECONDS = 1e9;

/** libpod's SpecGenerator in the engine's words. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
export function containerDefinition(spec: SpecGenerator): ContainerDefinition {
  refuseUndelivered(spec);
  if (!spec.image && !spec.rootfs) invalid('must specify image or rootfs');
  return {
    ...(spec.name ? { name: spec.name } : {}),
    ...(spec.image ? { image: spec.image } : {}),
    ...platformOf(spec),
    ...(spec.rootfs ? { rootfs: spec.rootfs } : {}),
    process: processDefinition(spec),
    ...(spec.hostname ? { hostname: spec.hostname } : {}),
    labels: spec.labels ?? {},
    annotations: spec.annotations ?? {},
    mounts: mountDefinitions(spec),
    ...(spec.volumes_from?.length ? { volumesFrom: volumesFrom(spec.volumes_from) } : {}),
    devices: deviceDefinitions([...(spec.devices ?? []), ...(spec.host_device_list ?? [])]),
    security: securityDefinition(spec),
    namespaces: namespacesDefinition(spec),
    resources: resourcesDefinition(spec),
    network: networkAttachments(spec),
    hosts: {
      extraHosts: spec.hostadd ?? [],
      dns: spec.dns_server ?? [],
      dnsSearch: spec.dns_search ?? [],
      dnsOptions: spec.dns_option ?? [],
      manageHosts: !spec.use_image_hosts,
      manageResolv: !spec.use_image_resolve_conf,
      manageHostname: !spec.use_image_hostname,
    },
    log: logDefinition(spec.log_configuration),
    restart: restartDefinition(spec.restart_policy ?? '', spec.restart_tries ?? 0),
    ...(spec.healthconfig ? { health: healthDefinition(spec.healthconfig) } : {}),
    autoRemove: spec.remove ?? false,
    init: spec.init ?? false,
    ...(spec.shm_size ? { shmSize: spec.shm_size } : {}),
    ...(spec.oci_runtime ? { runtime: spec.oci_runtime } : {}),
    origin: { dialect: 'libpod', ...(spec.containerCreateCommand ? { command: spec.containerCreateCommand } : {}) },
  };
}

function platformOf({ image_os, image_arch, image_variant }: SpecGenerator): { platform?: Platform } {
  if (!image_os && !image_arch) return {};
  const host = hostPlatform();
  const platform = { os: image_os || host.os, architecture: image_arch || host.architecture };
  return { platform: normalize({ ...platform, ...(image_variant ? { variant: image_variant } : {}) }) };
}

function logDefinition(config: SpecGenerator['log_configuration']): LogDefinition {
  const { driver = '', options = {}, path, size } = config ?? {};
  const file = { options, ...(path ? { path } : {}), ...(size && size > 0 ? { maxSize: size } : {}) };
  switch (driver) {
    case '':
    case 'k8s-file':
      return { driver: 'k8s-file', ...file };
    case 'json-file':
      return { driver, ...file };
    case 'none':
      return { driver, options };
    default:
      return unsupported(`log driver ${driver}`, 'k8s-file, json-file and none are there');
  }
}

function healthDefinition(config: HealthConfig): HealthDefinition {
  const seconds = (nanos: number | undefined) => (nanos ? nanos / NANOSECONDS : undefined);
  return {
    test: config.Test ?? [],
    interval: seconds(config.Interval),
    timeout: seconds(config.Timeout),
    startPeriod: seconds(config.StartPeriod),
    startInterval: seconds(config.StartInterval),
    ...(config.Retries ? { retries: config.Retries } : {}),
  };
}
