import type { StopOptions } from '@selkie/engine/containers/stop';

/** Both names of the time a container is given to end by itself. */
export function stopTimeout({ t, timeout = t }: { readonly timeout?: number; readonly t?: number }): StopOptions {
  return timeout === undefined ? {} : { timeout };
}
