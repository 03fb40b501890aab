import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerRecord } from '../../src/containers/record.ts';
import {
  type StatsSample,
  type StatsStreamOptions,
  type StatsTargets,
  stats,
  statsStream,
} from '../../src/containers/stats.ts';
import type { Cgroups } from '../../src/ports/cgroups.ts';
import { cgroupStats } from '../support/cgroup-stats.ts';
import { container, fakeContext, only, running } from '../support/containers.ts';

/** Each reading of a container's group shows one nanosecond more. */
function contextOf(...records: ContainerRecord[]) {
  let readings = 0;
  return fakeContext(records, {
    cgroups: only<Cgroups>('cgroups', { pathFor: (id) => id, stats: () => cgroupStats(++readings) }),
  });
}

const usage = ({ current, previous }: StatsSample) => [previous?.cpu.usage, current?.cpu.usage];
const streamed = { intervalMs: 1, stream: true, oneShot: false };

async function collect(
  ctx: ReturnType<typeof contextOf>,
  targets: StatsTargets,
  options: StatsStreamOptions,
  each: (count: number, stop: () => void) => void = () => {},
): Promise<StatsSample[][]> {
  const stop = new AbortController();
  const collected: StatsSample[][] = [];
  for await (const taken of statsStream(ctx, targets, options, stop.signal)) {
    collected.push(taken);
    each(collected.length, () => stop.abort());
  }
  return collected;
}

test('one measurement of a running container', () => {
  const record = container({ state: running() });
  const { id, name, current, previous } = stats(contextOf(record), record.name);
  assert.deepEqual([id, name, previous], [record.id, record.name, undefined]);
  assert.equal(current?.cpu.usage, 1);
  assert.equal(current?.startedAt, record.state.startedAt);
  assert.ok(current && current.hostCpu.total > 0 && current.hostCpu.online > 0);
});

test('one that does not run has none', () => {
  const record = container();
  assert.deepEqual(stats(contextOf(record), record.id), { id: record.id, name: record.name });
});

test('a stream carries what was measured before', async () => {
  const record = container({ state: running() });
  const taken = await collect(contextOf(record), [record.name], streamed, (count, stop) => count === 3 && stop());
  assert.deepEqual(taken.flat().map(usage), [
    [undefined, 1],
    [1, 2],
    [2, 3],
  ]);
});

test('without a stream there is one sample, with a measurement an interval older', async () => {
  const record = container({ state: running() });
  const once = { intervalMs: 1, stream: false, oneShot: false };
  assert.deepEqual((await collect(contextOf(record), [record.id], once)).flat().map(usage), [[1, 2]]);
  const atOnce = { intervalMs: 60_000, stream: false, oneShot: true };
  assert.deepEqual((await collect(contextOf(record), [record.id], atOnce)).flat().map(usage), [[undefined, 1]]);
});

test('an unknown container is refused at the call', () => {
  assert.throws(() => statsStream(contextOf(), ['nobody'], streamed, new AbortController().signal), {
    code: 'NO_SUCH_CONTAINER',
  });
});

test('the stream ends with the last of its containers', async () => {
  const [one, two] = [container({ state: running() }), container({ state: running() })];
  const ctx = contextOf(one, two);
  const taken = await collect(ctx, [one.id, two.id], streamed, (count) => ctx.store.delete(count === 1 ? one : two));
  assert.deepEqual(
    taken.map((samples) => samples.map(({ id }) => id)),
    [[one.id, two.id], [two.id]],
  );
});

test('a restarted container has no past', async () => {
  const record = container({ state: running() });
  const ctx = contextOf(record);
  const taken = await collect(ctx, [record.id], streamed, (count, stop) => {
    if (count === 1) ctx.store.setState(record, { startedAt: '2025-01-01T00:00:00.000000000Z' });
    else stop();
  });
  assert.deepEqual(taken.flat().map(usage), [
    [undefined, 1],
    [undefined, 2],
  ]);
});

test('everything that runs is looked for anew each time', async () => {
  const [up, down] = [container({ state: running() }), container()];
  const ctx = contextOf(up, down);
  const names = (samples: StatsSample[]) => samples.map(({ name }) => name);
  const taken = await collect(ctx, 'running', streamed, (count, stop) => {
    if (count === 1) ctx.store.setState(down, running());
    else stop();
  });
  assert.deepEqual(taken.map(names), [[up.name], [down.name, up.name]]);
  const [every = []] = await collect(contextOf(up, down), 'all', { ...streamed, stream: false, oneShot: true });
  assert.deepEqual(names(every), [down.name, up.name]);
});

test('an abort ends the wait, without an error', async () => {
  const record = container({ state: running() });
  const long = { intervalMs: 2 ** 30, stream: true, oneShot: false };
  const taken = await collect(contextOf(record), [record.id], long, (_, stop) => setImmediate(stop));
  assert.equal(taken.length, 1);
});
