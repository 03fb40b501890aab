import type { libpod } from '@selkie/contract';
import type { BodyOf } from '@selkie/contract/operation';
import { UsageError } from '../failure.ts';
import type { Values } from '../options/option.ts';
import { healthConfig } from './health.ts';
import { mountFields } from './mounts.ts';
import { namespace } from './namespaces.ts';
import { networkFields } from './network.ts';
import type { CONTAINER_OPTIONS } from './options.ts';
import { processFields } from './process.ts';
import { resourceFields } from './resources.ts';
import { securityFields } from './security.ts';
import { given, pairs } from './text.ts';
import { parseBytes } from './units.ts';

export type ContainerOptions = Values<typeof CONTAINER_OPTIONS>;
export type Spec = BodyOf<typeof libpod.containerCreate>;

/**
 * What the service is asked to create.
 * @param argv the command line, which the container remembers
 * @throws UsageError
 */
export function containerSpec(
  options: ContainerOptions,
  [image, ...command]: readonly string[],
  argv: readonly string[],
): Spec {
  return {
    image,
    command: given(command),
    containerCreateCommand: ['selkie', ...argv],
    name: options.name,
    annotations: pairs(options.annotation),
    remove: options.rm,
    init: options.init,
    oci_runtime: options.runtime,
    systemd: options.systemd,
    shm_size: parseBytes('--shm-size', options['shm-size']),
    image_arch: options.arch,
    image_os: options.os,
    image_variant: options.variant,
    ...platform(options),
    ...restartPolicy(options),
    log_configuration: logConfiguration(options),
    healthconfig: healthConfig(options),
    pidns: namespace('--pid', options.pid),
    ipcns: namespace('--ipc', options.ipc),
    utsns: namespace('--uts', options.uts),
    cgroupns: namespace('--cgroupns', options.cgroupns),
    userns: namespace('--userns', options.userns),
    ...processFields(options),
    ...mountFields(options),
    ...networkFields(options),
    ...resourceFields(options),
    ...securityFields(options),
  };
}

function platform({ platform: text, arch, os, variant }: ContainerOptions): Spec {
  if (text === undefined) return {};
  if (arch ?? os ?? variant) throw new UsageError('--platform cannot be combined with --arch, --os or --variant');
  const [image_os, image_arch, image_variant] = text.split('/');
  return { image_os, image_arch, image_variant };
}

function restartPolicy({ restart, rm }: ContainerOptions): Spec {
  if (restart === undefined) return {};
  if (rm && restart !== 'no') throw new UsageError('--rm cannot be combined with --restart: one of them only');
  const [policy = '', tries, ...rest] = restart.split(':');
  const counted = policy === 'on-failure' && rest.length === 0;
  if (tries !== undefined && !(counted && /^\d+$/.test(tries))) {
    throw new UsageError(
      `invalid restart policy: ${restart}`,
      'It is no, always, on-failure[:COUNT] or unless-stopped',
    );
  }
  return { restart_policy: policy, restart_tries: tries === undefined ? undefined : Number(tries) };
}

function logConfiguration({ 'log-driver': driver, 'log-opt': options }: ContainerOptions): Spec['log_configuration'] {
  if (driver === undefined && options.length === 0) return undefined;
  const { path, 'max-size': size, ...others } = pairs(options) ?? {};
  return { driver, path, size: parseBytes('--log-opt max-size', size), options: others };
}
