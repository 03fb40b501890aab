import type { RunnableImage } from '../containers/context.ts';
import { chainIdsOf, type ImageRecord } from './record.ts';

const NANOSECONDS = 1e9;

/** What a container is made from, of an image. */
export function runnable(image: ImageRecord): RunnableImage {
  const { config } = image;
  const check = config.healthcheck;
  const seconds = (nanos: number | undefined) => (nanos ? nanos / NANOSECONDS : undefined);
  return {
    id: image.id,
    digest: image.indexDigest ?? image.manifestDigest,
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
      ...(config.stopSignal ? { stopSignal: config.stopSignal } : {}),
      ...(check && check.test.length > 0
        ? {
            health: {
              test: check.test,
              interval: seconds(check.interval),
              timeout: seconds(check.timeout),
              startPeriod: seconds(check.startPeriod),
              startInterval: seconds(check.startInterval),
              ...(check.retries ? { retries: check.retries } : {}),
            },
          }
        : {}),
    },
  };
}
