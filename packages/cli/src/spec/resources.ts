import { UsageError } from '../failure.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { given } from './text.ts';
import { parseBytes } from './units.ts';

type Limits = NonNullable<Spec['resource_limits']>;

const PERIOD = 100_000;

export function resourceFields(options: ContainerOptions): Spec {
  return {
    resource_limits: limits(options),
    r_limits: given(options.ulimit.map(parseUlimit)),
    oom_score_adj: options['oom-score-adj'],
    cgroup_parent: options['cgroup-parent'],
    device_cgroup_rule: given(options['device-cgroup-rule'].map(parseRule)),
  };
}

function limits(options: ContainerOptions): Limits | undefined {
  const { 'pids-limit': pids, 'blkio-weight': weight } = options;
  const all: Limits = {
    memory: filled(memory(options)),
    cpu: filled(cpu(options)),
    pids: pids === undefined ? undefined : { limit: pids },
    blockIO: weight === undefined ? undefined : { weight },
  };
  return filled(all);
}

function memory(options: ContainerOptions): NonNullable<Limits['memory']> {
  return {
    limit: parseBytes('--memory', options.memory),
    reservation: parseBytes('--memory-reservation', options['memory-reservation']),
    swap: parseBytes('--memory-swap', options['memory-swap']),
    swappiness: options['memory-swappiness'],
    disableOOMKiller: options['oom-kill-disable'] || undefined,
  };
}

function cpu(options: ContainerOptions): NonNullable<Limits['cpu']> {
  const { cpus, 'cpu-period': period, 'cpu-quota': quota } = options;
  if (cpus !== undefined && (period ?? quota) !== undefined) {
    throw new UsageError('--cpus cannot be combined with --cpu-period or --cpu-quota');
  }
  if (cpus !== undefined && !(Number(cpus) > 0)) {
    throw new UsageError(`invalid argument "${cpus}" for "--cpus" flag: it is no number of CPUs`);
  }
  return {
    shares: options['cpu-shares'],
    period: cpus === undefined ? period : PERIOD,
    quota: cpus === undefined ? quota : Math.round(Number(cpus) * PERIOD),
    cpus: options['cpuset-cpus'],
    mems: options['cpuset-mems'],
  };
}

/** Nothing where no member is set. */
function filled<T extends object>(value: T): T | undefined {
  return Object.values(value).some((member) => member !== undefined) ? value : undefined;
}

function parseUlimit(text: string): NonNullable<Spec['r_limits']>[number] {
  const [, type, soft, hard = soft] = /^(\w+)=(-?\d+|unlimited)(?::(-?\d+|unlimited))?$/.exec(text) ?? [];
  if (type === undefined) throw new UsageError(`invalid ulimit: ${text}`, 'It is NAME=SOFT[:HARD]');
  const limit = (word: string | undefined) => (word === 'unlimited' ? -1 : Number(word));
  return { type, soft: limit(soft), hard: limit(hard) };
}

function parseRule(text: string): NonNullable<Spec['device_cgroup_rule']>[number] {
  const [, type, major, minor, access] = /^([abc]) (\d+|\*):(\d+|\*) ([rwm]{1,3})$/.exec(text) ?? [];
  if (type === undefined) throw new UsageError(`invalid device rule: ${text}`, 'It is like "c 13:* rwm"');
  const number = (word: string | undefined) => (word === '*' ? -1 : Number(word));
  return { allow: true, type, major: number(major), minor: number(minor), access };
}
