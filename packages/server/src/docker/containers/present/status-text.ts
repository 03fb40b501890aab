import type { ContainerRecord } from '@selkie/engine/containers/record';
import { presentHealth, stateWord } from './state.ts';

/** `Up 5 minutes (healthy)`, `Exited (0) 2 hours ago`, `Created`. */
export function statusText(record: ContainerRecord, now = Date.now()): string {
  const { state } = record;
  const since = (time: string | undefined) => humanDuration((now - Date.parse(time ?? '')) / 1000);
  switch (stateWord(record)) {
    case 'running':
      return `Up ${since(state.startedAt)}${healthSuffix(record)}`;
    case 'paused':
      return `Up ${since(state.startedAt)} (Paused)`;
    case 'exited':
      return `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`;
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    default:
      return 'Created';
  }
}

function healthSuffix(record: ContainerRecord): string {
  const health = presentHealth(record);
  if (health === undefined) return '';
  return health.Status === 'starting' ? ' (health: starting)' : ` (${health.Status})`;
}

/** A rough length of time in words, as Docker's clients show it. */
export function humanDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const hours = Math.round(seconds / 3600);
  if (whole < 1) return 'Less than a second';
  if (whole === 1) return '1 second';
  if (whole < 60) return `${whole} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 14) return `${Math.floor(hours / 24)} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`;
  return `${Math.floor(seconds / 86400 / 365)} years`;
}
