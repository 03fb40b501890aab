import { badValue } from '../../filters/values.ts';
import type { ContainerContext } from '../context.ts';
import type { ContainerRecord } from '../record.ts';
import { isLive } from '../status.ts';

type Test = (record: ContainerRecord, restarting: boolean) => boolean;

/** The state words of both APIs. Between an exit and the start its restart policy makes, a container is `restarting` and not `exited`. */
const WORDS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['created', ({ state }) => state.status === 'created'],
  ['configured', ({ state }) => state.status === 'created'],
  ['initialized', ({ state }) => state.status === 'starting' || state.status === 'initialized'],
  ['running', (record) => isLive(record) && !['paused', 'initialized'].includes(record.state.status)],
  ['stopping', ({ state }) => state.status === 'stopping'],
  ['paused', ({ state }) => state.status === 'paused'],
  ['restarting', ({ state }, restarting) => state.status === 'exited' && restarting],
  ['exited', ({ state }, restarting) => state.status === 'exited' && !restarting],
  ['stopped', ({ state }) => state.status === 'exited'],
  ['removing', ({ state }) => state.status === 'removing'],
  ['dead', ({ state }) => state.status === 'dead'],
  ['unknown', () => false],
]);

/** @throws SelkieError INVALID_PARAMETER */
export function statusFilter(words: readonly string[], ctx: ContainerContext): (record: ContainerRecord) => boolean {
  const tests = words.map((word) => WORDS.get(word) ?? badValue('status', word));
  return (record) => tests.some((test) => test(record, ctx.pendingRestarts.has(record.id)));
}
