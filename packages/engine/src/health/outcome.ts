import { timerDelay } from '../clock.ts';
import type { HealthResult, HealthState } from '../containers/record.ts';
import type { HealthCheck } from './check.ts';

const KEPT = 5;

/** The health of a run nothing is known of yet. */
export function unknownHealth(startedAt: string): HealthState {
  return { startedAt, status: 'starting', failingStreak: 0, log: [] };
}

/** The health after one more result. */
export function afterResult(health: HealthState, result: HealthResult, check: HealthCheck): HealthState {
  const log = [...health.log, result].slice(-KEPT);
  if (result.exitCode === 0) return { ...health, status: 'healthy', failingStreak: 0, log };
  if (health.status === 'starting' && inStartPeriod(health, Date.parse(result.start), check)) return { ...health, log };
  const failingStreak = health.failingStreak + 1;
  return { ...health, status: failingStreak >= check.retries ? 'unhealthy' : health.status, failingStreak, log };
}

/** Milliseconds until the next check. */
export function nextDelay(health: HealthState, now: number, check: HealthCheck): number {
  const starting = health.status === 'starting' && inStartPeriod(health, now, check);
  return timerDelay(starting ? check.startInterval : check.interval);
}

function inStartPeriod({ startedAt }: HealthState, at: number, { startPeriod }: HealthCheck): boolean {
  return at - Date.parse(startedAt) < startPeriod;
}
