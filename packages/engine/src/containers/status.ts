import type { ContainerRecord } from './record.ts';

/** True while there is a process. */
export function isLive({ state }: ContainerRecord): boolean {
  return (
    state.status === 'initialized' ||
    state.status === 'running' ||
    state.status === 'paused' ||
    state.status === 'stopping' ||
    (state.status === 'starting' && state.pid > 0)
  );
}
