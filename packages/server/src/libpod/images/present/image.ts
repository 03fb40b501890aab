import type { ImageConfig, ImageInspect } from '@selkie/contract/libpod/types/images';
import type { HealthConfig } from '@selkie/contract/libpod/types/spec-generator';
import type { HistoryEntry, ImageHealthcheck, ImageConfig as StoredConfig } from '@selkie/engine/images/config';
import type { ImageRecord } from '@selkie/engine/images/record';
import { bareId } from '../../containers/present/image.ts';

/** Where a config names no time. */
const NEVER = '0001-01-01T00:00:00Z';

/** @param driverData where its layers are on the host */
export function presentImage(image: ImageRecord, driverData: Record<string, string>): ImageInspect {
  const { config } = image;
  return {
    Id: bareId(image.id),
    Digest: image.manifestDigest,
    RepoTags: [...image.names],
    RepoDigests: [...image.repoDigests],
    Parent: bareId(image.parent ?? ''),
    Comment: image.comment ?? '',
    Created: image.created ?? NEVER,
    Config: presentConfig(config),
    Version: image.dockerVersion ?? '',
    Author: image.author ?? '',
    Architecture: image.architecture,
    Os: image.os,
    Size: image.size,
    VirtualSize: image.size,
    GraphDriver: { Name: 'overlay', Data: driverData },
    RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
    Labels: config.labels ? { ...config.labels } : null,
    Annotations: { ...image.annotations },
    ManifestType: image.manifestMediaType,
    User: config.user ?? '',
    History: image.history.map(presentHistory),
    NamesHistory: [...image.namesHistory],
    ...(config.healthcheck && { Healthcheck: presentHealthcheck(config.healthcheck) }),
  };
}

/** An OCI config: what it says nothing about is not there. */
function presentConfig(config: StoredConfig): ImageConfig {
  const { user, exposedPorts, env, entrypoint, cmd, volumes, workingDir, labels, stopSignal, argsEscaped } = config;
  return {
    ...(user && { User: user }),
    ...(exposedPorts?.length && { ExposedPorts: keyed(exposedPorts) }),
    ...(env?.length && { Env: [...env] }),
    ...(entrypoint?.length && { Entrypoint: [...entrypoint] }),
    ...(cmd?.length && { Cmd: [...cmd] }),
    ...(volumes?.length && { Volumes: keyed(volumes) }),
    ...(workingDir && { WorkingDir: workingDir }),
    ...(labels && { Labels: { ...labels } }),
    ...(stopSignal && { StopSignal: stopSignal }),
    ...(argsEscaped && { ArgsEscaped: argsEscaped }),
  };
}

function keyed(keys: readonly string[]): Record<string, object> {
  return Object.fromEntries(keys.map((key) => [key, {}]));
}

function presentHistory({ created, createdBy, author, comment, emptyLayer }: HistoryEntry): object {
  return {
    ...(created && { created }),
    ...(createdBy && { created_by: createdBy }),
    ...(author && { author }),
    ...(comment && { comment }),
    ...(emptyLayer && { empty_layer: emptyLayer }),
  };
}

function presentHealthcheck(check: ImageHealthcheck): HealthConfig {
  const { test, interval, timeout, startPeriod, startInterval, retries } = check;
  return {
    Test: [...test],
    ...(interval && { Interval: interval }),
    ...(timeout && { Timeout: timeout }),
    ...(startPeriod && { StartPeriod: startPeriod }),
    ...(startInterval && { StartInterval: startInterval }),
    ...(retries && { Retries: retries }),
  };
}
