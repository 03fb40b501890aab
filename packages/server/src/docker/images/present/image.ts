import type { ImageConfig, ImageInspect, ImageManifestSummary } from '@selkie/contract/docker/types/image-inspect';
import { compareVersions } from '@selkie/contract/versions';
import type { ImageHealthcheck, ImageConfig as StoredConfig } from '@selkie/engine/images/config';
import { type ImageRecord, targetOf } from '@selkie/engine/images/record';
import { driverData } from '../../../present/driver-data.ts';
import { presentIdentity } from './manifests.ts';
import { repoDigests, repoTags } from './names.ts';

/** Where a time is not known. */
const NEVER = '0001-01-01T00:00:00Z';

export interface InspectFacts {
  readonly version: string;
  /** Of its layers on the host, from the base up. */
  readonly directories: readonly string[];
  readonly manifests?: ImageManifestSummary[];
}

export function presentImage(image: ImageRecord, { version, directories, manifests }: InspectFacts): ImageInspect {
  const since = (first: string) => compareVersions(version, first) >= 0;
  return {
    Id: image.id,
    RepoTags: repoTags(image),
    RepoDigests: repoDigests(image),
    ...(since('1.52') ? {} : { Parent: image.parent ?? '' }),
    Comment: image.comment ?? '',
    Created: image.created ?? NEVER,
    // What a builder's container was like was never known to engines that pull.
    ...(since('1.45') ? {} : { Container: '', ContainerConfig: presentConfig({}, true) }),
    ...(since('1.52') ? {} : { DockerVersion: image.dockerVersion ?? '' }),
    Author: image.author ?? '',
    Config: presentConfig(image.config, !since('1.50')),
    Architecture: image.architecture,
    ...(image.variant ? { Variant: image.variant } : {}),
    Os: image.os,
    ...(image.osVersion ? { OsVersion: image.osVersion } : {}),
    Size: image.size,
    ...(since('1.44') ? {} : { VirtualSize: image.size }),
    GraphDriver: { Name: 'overlay2', Data: driverData(directories) },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
    Metadata: { LastTagTime: image.lastTagged ?? NEVER },
    ...(since('1.48') ? { Descriptor: targetOf(image) } : {}),
    ...(manifests ? { Manifests: manifests } : {}),
    ...(since('1.53') ? { Identity: presentIdentity(image) } : {}),
  };
}

/** @param legacy with what containers have and images never filled */
function presentConfig(config: StoredConfig, legacy: boolean): ImageConfig {
  const { user, exposedPorts, env, cmd, healthcheck, argsEscaped, volumes, workingDir, entrypoint } = config;
  const { onBuild, labels, stopSignal, shell } = config;
  return {
    ...(legacy ? { Hostname: '', Domainname: '' } : {}),
    User: user ?? '',
    ...(legacy ? { AttachStdin: false, AttachStdout: false, AttachStderr: false } : {}),
    ...(exposedPorts?.length ? { ExposedPorts: keyed(exposedPorts) } : {}),
    ...(legacy ? { Tty: false, OpenStdin: false, StdinOnce: false } : {}),
    Env: env ? [...env] : null,
    Cmd: cmd ? [...cmd] : null,
    ...(healthcheck ? { Healthcheck: presentHealthcheck(healthcheck) } : {}),
    ...(argsEscaped ? { ArgsEscaped: true } : {}),
    ...(legacy ? { Image: '' } : {}),
    Volumes: volumes?.length ? keyed(volumes) : null,
    WorkingDir: workingDir ?? '',
    Entrypoint: entrypoint ? [...entrypoint] : null,
    OnBuild: onBuild ? [...onBuild] : null,
    Labels: labels ? { ...labels } : null,
    ...(stopSignal ? { StopSignal: stopSignal } : {}),
    ...(shell?.length ? { Shell: [...shell] } : {}),
  };
}

function keyed(keys: readonly string[]): Record<string, object> {
  return Object.fromEntries(keys.map((key) => [key, {}]));
}

function presentHealthcheck({ test, interval, timeout, startPeriod, startInterval, retries }: ImageHealthcheck) {
  return {
    Test: [...test],
    ...(interval ? { Interval: interval } : {}),
    ...(timeout ? { Timeout: timeout } : {}),
    ...(startPeriod ? { StartPeriod: startPeriod } : {}),
    ...(startInterval ? { StartInterval: startInterval } : {}),
    ...(retries ? { Retries: retries } : {}),
  };
}
