import type { StopOptions } from '@selkie/engine/containers/stop';

export function stopOptions(query: { readonly t?: number; readonly signal?: string }): StopOptions {
  return {
    ...(query.t === undefined ? {} : { timeout: query.t }),
    ...(query.signal ? { signal: query.signal } : {}),
  };
}
