import { SelkieError } from '@selkie/contract';
import type { FilterKey } from '../../filters/filters.ts';
import { hasLabels, lacksLabels } from '../../filters/labels.ts';
import { matchesPattern } from '../../filters/pattern.ts';
import { untilTime } from '../../filters/until.ts';
import { badValue, booleanValue } from '../../filters/values.ts';
import type { ContainerContext } from '../context.ts';
import type { ContainerRecord } from '../record.ts';
import { exposeFilter, publishFilter } from './ports.ts';
import { ancestorFilter, beforeFilter, networkFilter, sinceFilter, volumeFilter } from './relations.ts';
import { statusFilter } from './status.ts';

type Key = FilterKey<ContainerContext, ContainerRecord>;

/** What a prune may narrow down by. */
export const PRUNE_KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['label', (values) => (record) => hasLabels(record.process.labels, values)],
  ['label!', (values) => (record) => lacksLabels(record.process.labels, values)],
  ['until', untilFilter],
]);

/** Every key of both APIs. */
export const LIST_KEYS: ReadonlyMap<string, Key> = new Map<string, Key>([
  ...PRUNE_KEYS,
  ['id', idFilter],
  ['name', (values) => (record) => matchesPattern([record.name, `/${record.name}`], values)],
  ['command', (values) => (record) => matchesPattern(record.process.args.slice(0, 1), values)],
  ['exited', exitedFilter],
  ['status', statusFilter],
  ['health', healthFilter],
  ['ancestor', ancestorFilter],
  ['before', beforeFilter],
  ['since', sinceFilter],
  ['volume', volumeFilter],
  ['network', networkFilter],
  ['publish', publishFilter],
  ['expose', exposeFilter],
  ['restart-policy', restartPolicyFilter],
  ['should-start-on-boot', startOnBootFilter],
  ['is-task', taskFilter],
  // Linux knows one kind only.
  ['isolation', (values) => () => values.some((value) => value === '' || value === 'default')],
  // No container is made in a pod.
  ['pod', () => () => false],
]);

function untilFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const until = untilTime(values);
  return ({ created }) => created < until;
}

function idFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  return ({ id }) =>
    values.some((value) => (/^[0-9a-f]+$/.test(value) ? id.startsWith(value) : matchesPattern([id], [value])));
}

function exitedFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const codes = values.map((value) => {
    if (/^[+-]?\d{1,10}$/.test(value)) return Number(value);
    return badValue('exited', value, `strconv.Atoi: parsing ${JSON.stringify(value)}: invalid syntax`);
  });
  return ({ state }) => state.status === 'exited' && codes.includes(state.exitCode);
}

function healthFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  for (const value of values) {
    if (!['starting', 'healthy', 'unhealthy', 'none'].includes(value)) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `unrecognized filter value for health: ${value}` });
    }
  }
  return ({ state }) => values.includes(state.health?.status ?? 'none');
}

function restartPolicyFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  for (const value of values) {
    if (!['no', 'always', 'on-failure', 'unless-stopped'].includes(value)) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `${value} invalid restart policy` });
    }
  }
  return ({ definition }) => values.includes(definition.restart.policy);
}

function startOnBootFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const wanted = values.map((value) => booleanValue('should-start-on-boot', value));
  return ({ definition: { restart }, state }) =>
    wanted.includes(restart.policy === 'always' || (restart.policy === 'unless-stopped' && !state.stoppedByUser));
}

/** Tasks are a swarm's, and there is none. */
function taskFilter(values: readonly string[]): (record: ContainerRecord) => boolean {
  const wanted = values.map((value) => booleanValue('is-task', value));
  return () => wanted.includes(false);
}
