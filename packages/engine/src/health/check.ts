import type { ContainerDefinition } from '../containers/definition.ts';

/** How a container's health is found out. Times are milliseconds. */
export interface HealthCheck {
  readonly args: readonly string[];
  /** From the end of one check to the next. */
  readonly interval: number;
  readonly timeout: number;
  /** From its start: failures do not count as long as none has succeeded. */
  readonly startPeriod: number;
  /** The interval in the start period as long as none has succeeded. */
  readonly startInterval: number;
  /** Failures in a row that make it unhealthy. */
  readonly retries: number;
}

const SHELL = ['/bin/sh', '-c'];

/** Undefined where nothing is checked. */
export function healthCheckOf({ health }: Pick<ContainerDefinition, 'health'>): HealthCheck | undefined {
  const args = argsOf(health?.test ?? []);
  if (health === undefined || args.length === 0) return undefined;
  const millis = (seconds: number | undefined, otherwise: number) => (seconds || otherwise) * 1000;
  return {
    args,
    interval: millis(health.interval, 30),
    timeout: millis(health.timeout, 30),
    startPeriod: millis(health.startPeriod, 0),
    startInterval: millis(health.startInterval, 5),
    retries: health.retries || 3,
  };
}

/** `NONE`, `CMD` with arguments, `CMD-SHELL` with a script, or a bare command as podman's clients may send it. */
function argsOf([form, ...rest]: readonly string[]): readonly string[] {
  switch (form) {
    case undefined:
    case '':
    case 'NONE':
      return [];
    case 'CMD':
      return rest;
    case 'CMD-SHELL':
      return rest.length > 0 ? [...SHELL, rest.join(' ')] : [];
    default:
      return [form, ...rest];
  }
}
