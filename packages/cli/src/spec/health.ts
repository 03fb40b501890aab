import { UsageError } from '../failure.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { parseDuration } from './units.ts';

export function healthConfig(options: ContainerOptions): Spec['healthconfig'] {
  const { 'health-cmd': command, 'no-healthcheck': none } = options;
  if (none) {
    if (command !== undefined) throw new UsageError('--no-healthcheck cannot be combined with --health-cmd');
    return { Test: ['NONE'] };
  }
  const times = {
    Interval: parseDuration('--health-interval', options['health-interval']),
    Timeout: parseDuration('--health-timeout', options['health-timeout']),
    StartPeriod: parseDuration('--health-start-period', options['health-start-period']),
    Retries: options['health-retries'],
  };
  if (command !== undefined) return { Test: test(command), ...times };
  if (Object.values(times).some((value) => value !== undefined)) {
    throw new UsageError('the --health-… options say how a check is run', 'Say what to run with --health-cmd');
  }
  return undefined;
}

/** A JSON array of words, or a line for the shell. */
function test(command: string): string[] {
  if (command === 'none') return ['NONE'];
  if (!command.startsWith('[')) return ['CMD-SHELL', command];
  try {
    const words: unknown = JSON.parse(command);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) {
      return ['CMD', 'CMD-SHELL', 'NONE'].includes(words[0] ?? '') ? words : ['CMD', ...words];
    }
  } catch {
    // A shell knows `[` too.
  }
  return ['CMD-SHELL', command];
}
