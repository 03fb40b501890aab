import type { HealthCheckResults, InspectContainerState } from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerDetails } from '@selkie/engine/containers/details';
import type { ContainerRecord, ContainerStatus, HealthState } from '@selkie/engine/containers/record';

/** How Go prints a time that never was. */
const ZERO_TIME = '0001-01-01T00:00:00Z';
const OCI_VERSION = '1.0.2';

const WORDS: Readonly<Record<ContainerStatus, string>> = {
  created: 'created',
  starting: 'initialized',
  initialized: 'initialized',
  running: 'running',
  paused: 'paused',
  stopping: 'stopping',
  exited: 'exited',
  removing: 'removing',
  dead: 'unknown',
};

/** A state as this group's clients name it. */
export function stateWord({ state }: Pick<ContainerRecord, 'state'>): string {
  return WORDS[state.status];
}

export function presentState(record: ContainerRecord, details: ContainerDetails): InspectContainerState {
  const { state } = record;
  const word = stateWord(record);
  const live = state.pid > 0;
  return {
    OciVersion: OCI_VERSION,
    Status: word,
    Running: word === 'running' || word === 'stopping',
    Paused: word === 'paused',
    Restarting: details.restarting,
    OOMKilled: state.oomKilled,
    Dead: state.status === 'dead',
    Pid: state.pid,
    ...(live ? { ConmonPid: state.conmonPid, CgroupPath: details.cgroupPath } : {}),
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: state.startedAt ?? ZERO_TIME,
    FinishedAt: state.finishedAt ?? ZERO_TIME,
    ...healthOf(record),
    CheckpointedAt: ZERO_TIME,
    RestoredAt: ZERO_TIME,
    ...(state.stoppedByUser ? { StoppedByUser: true } : {}),
  };
}

/** Empty where nothing is checked. */
export function healthStatus({ definition, state }: ContainerRecord): string {
  const test = definition.health?.test[0];
  return test === undefined || test === '' || test === 'NONE' ? '' : (state.health?.status ?? 'starting');
}

function healthOf(record: ContainerRecord): { Health?: HealthCheckResults } {
  const status = healthStatus(record);
  if (status === '') return {};
  const { health } = record.state;
  return { Health: health ? presentHealth(health) : { Status: status, FailingStreak: 0, Log: null } };
}

export function presentHealth({ status, failingStreak, log }: HealthState): HealthCheckResults {
  const entries = log.map(({ start, end, exitCode, output }) => ({
    Start: start,
    End: end,
    ExitCode: exitCode,
    Output: output,
  }));
  return { Status: status, FailingStreak: failingStreak, Log: entries.length > 0 ? entries : null };
}
