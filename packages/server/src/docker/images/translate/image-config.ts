import type { ContainerConfig, StringOrList } from '@selkie/contract/docker/types/container-config';
import type { ImageConfig } from '@selkie/engine/images/config';
import { defined } from '@selkie/engine/images/json';

/**
 * What of a container's config an image has. Empty members say nothing, as in Docker, and what only a running container has (its host name,
 * its terminal) is none of an image's business.
 */
export function imageConfig(config: ContainerConfig): ImageConfig {
  const { Healthcheck: check } = config;
  return defined({
    user: config.User || undefined,
    env: filled(config.Env),
    entrypoint: filled(words(config.Entrypoint)),
    cmd: filled(words(config.Cmd)),
    workingDir: config.WorkingDir || undefined,
    exposedPorts: filled(Object.keys(config.ExposedPorts ?? {})),
    volumes: filled(Object.keys(config.Volumes ?? {})),
    labels: Object.keys(config.Labels ?? {}).length > 0 ? config.Labels : undefined,
    stopSignal: config.StopSignal || undefined,
    stopTimeout: config.StopTimeout,
    onBuild: filled(config.OnBuild),
    shell: filled(words(config.Shell)),
    healthcheck: check?.Test?.length
      ? defined({
          test: check.Test,
          interval: check.Interval,
          timeout: check.Timeout,
          startPeriod: check.StartPeriod,
          startInterval: check.StartInterval,
          retries: check.Retries,
        })
      : undefined,
  });
}

function words(command: StringOrList | undefined): readonly string[] | undefined {
  return typeof command === 'string' ? [command] : command;
}

function filled(list: readonly string[] | undefined): readonly string[] | undefined {
  return list?.length ? list : undefined;
}
