import type { Health, ContainerState as State } from '@selkie/contract/docker/types/container-inspect';
import type { ContainerRecord, ContainerStatus } from '@selkie/engine/containers/record';

/** How Docker prints a time that never was. */
const ZERO_TIME = '0001-01-01T00:00:00Z';

const WORDS: Readonly<Record<ContainerStatus, State['Status']>> = {
  created: 'created',
  starting: 'created',
  initialized: 'created',
  running: 'running',
  paused: 'paused',
  stopping: 'running',
  exited: 'exited',
  removing: 'removing',
  dead: 'dead',
};

export function stateWord(record: ContainerRecord): State['Status'] {
  return WORDS[record.state.status];
}

export function presentState(record: ContainerRecord): State {
  const { state } = record;
  const word = stateWord(record);
  const health = presentHealth(record);
  return {
    Status: word,
    Running: word === 'running' || word === 'paused',
    Paused: word === 'paused',
    Restarting: word === 'restarting',
    OOMKilled: state.oomKilled,
    Dead: word === 'dead',
    Pid: state.pid,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: state.startedAt ?? ZERO_TIME,
    FinishedAt: state.finishedAt ?? ZERO_TIME,
    ...(health ? { Health: health } : {}),
  };
}

export function presentHealth({ state, definition }: ContainerRecord): Health | undefined {
  const test = definition.health?.test[0];
  if (test === undefined || test === 'NONE') return undefined;
  const { health } = state;
  return {
    Status: health?.status ?? 'starting',
    FailingStreak: health?.failingStreak ?? 0,
    Log: (health?.log ?? []).map(({ start, end, exitCode, output }) => ({
      Start: start,
      End: end,
      ExitCode: exitCode,
      Output: output,
    })),
  };
}
