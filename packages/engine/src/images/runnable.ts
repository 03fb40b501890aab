import type { RunnableImage } from '../containers/context.ts';
import type { HealthDefinition } from '../containers/definition.ts';
import type { ImageHealthcheck } from './config.ts';
import { defined } from './json.ts';
import { chainIdsOf, type ImageRecord } from './record.ts';

/** What a container takes from an image. */
export function runnable(image: ImageRecord): RunnableImage {
  const { config } = image;
  const { healthcheck, stopSignal } = config;
  return {
    ...(image.names[0] !== undefined && { name: image.names[0] }),
    id: image.id,
    digest: image.manifestDigest,
    chainIds: chainIdsOf(image),
    os: image.os,
    architecture: image.architecture,
    config: {
      env: config.env ?? [],
      entrypoint: config.entrypoint ?? [],
      command: config.cmd ?? [],
      workdir: config.workingDir ?? '',
      user: config.user ?? '',
      labels: config.labels ?? {},
      exposed: config.exposedPorts ?? [],
      volumes: config.volumes ?? [],
      ...(stopSignal && { stopSignal }),
      ...(healthcheck && { health: inSeconds(healthcheck) }),
    },
  };
}

/** Images count in nanoseconds, and 0 leaves the choice to the engine. */
function inSeconds(check: ImageHealthcheck): HealthDefinition {
  const seconds = (nanos: number | undefined) => (nanos ? nanos / 1e9 : undefined);
  return defined({
    test: check.test,
    interval: seconds(check.interval),
    timeout: seconds(check.timeout),
    startPeriod: seconds(check.startPeriod),
    startInterval: seconds(check.startInterval),
    retries: check.retries || undefined,
  });
}
