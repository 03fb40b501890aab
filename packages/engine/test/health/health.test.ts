import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SelkieError } from '@selkie/contract';
import type { HealthDefinition } from '../../src/containers/definition.ts';
import type { ContainerRecord, HealthState } from '../../src/containers/record.ts';
import { Health } from '../../src/health/health.ts';
import { checksDirectory } from '../../src/health/leftovers.ts';
import type { Cgroups } from '../../src/ports/cgroups.ts';
import type { ExecMonitorRequest, Monitor } from '../../src/ports/monitor.ts';
import type { OciRuntime } from '../../src/ports/oci-runtime.ts';
import { container, type FakeContext, fakeContext, only, running } from '../support/containers.ts';
import { definition } from '../support/spec.ts';
import { stdioOf } from '../support/stdio.ts';

const signal = AbortSignal.timeout(30_000);
const often: HealthDefinition = { test: ['CMD', 'check'], interval: 0.001, retries: 2 };
const seldom: HealthDefinition = { ...often, interval: 3600 };

const checked = (health: HealthDefinition) => container({ definition: definition({ health }), state: running() });

/** A monitor whose checks end with the codes given, one after the other; `never` for one that does not end. */
function monitorOf(codes: readonly (number | 'never')[]) {
  const asked: ExecMonitorRequest[] = [];
  const monitor = only<Monitor>('monitor', {
    exec: async (request) => {
      asked.push(request);
      await request.onAttachable?.();
      return { pid: 0, monitorPid: 0 };
    },
    attach: async () => stdioOf('said ', 'something'),
    onExit: (directory, listener) => {
      const code = codes[asked.findIndex((request) => request.directory === directory)] ?? 'never';
      if (code !== 'never') setImmediate(listener, code);
      return { [Symbol.dispose]: () => {} };
    },
  });
  return { monitor, asked };
}

function contextOf(record: ContainerRecord, monitor: Monitor): FakeContext {
  const runroot = mkdtempSync(join(tmpdir(), 'health-'));
  after(() => rmSync(runroot, { recursive: true }));
  return fakeContext([record], {
    runroot,
    monitor,
    runtime: () => only<OciRuntime>('runtime', { path: '/bin/false', args: [] }),
    cgroups: only<Cgroups>('cgroups', { manager: 'cgroupfs' }),
  });
}

async function until(ctx: FakeContext, record: ContainerRecord, done: (health: HealthState) => boolean) {
  const holds = ({ state }: ContainerRecord) => state.health !== undefined && done(state.health);
  const current = ctx.store.find(record.id);
  const reached = holds(current) ? current : await ctx.store.until(record, holds, signal);
  assert.ok(reached.state.health);
  return reached.state.health;
}

const told = (ctx: FakeContext) => ctx.events.map(({ action, attributes }) => `${action}=${attributes.health_status}`);

test('it starts unknown and becomes what its checks say', async () => {
  const record = checked(often);
  const { monitor, asked } = monitorOf([0, 3, 4, 0]);
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  assert.deepEqual(ctx.store.find(record.id).state.health, {
    startedAt: record.state.startedAt,
    status: 'starting',
    failingStreak: 0,
    log: [],
  });
  const { status, log, failingStreak } = await until(ctx, record, (now) => now.log.length === 4);
  assert.deepEqual([status, failingStreak], ['healthy', 0]);
  assert.deepEqual(
    log.map(({ exitCode, output }) => [exitCode, output]),
    [
      [0, 'said something'],
      [3, 'said something'],
      [4, 'said something'],
      [0, 'said something'],
    ],
  );
  assert.deepEqual(told(ctx), ['health_status=healthy', 'health_status=unhealthy', 'health_status=healthy']);
  assert.equal(asked[0]?.terminal, false);
});

test('a check that takes too long has failed', async () => {
  const record = checked({ ...often, timeout: 0.05, retries: 1 });
  const ctx = contextOf(record, monitorOf(['never']).monitor);
  using health = new Health(ctx);
  health.started(record);
  const { status, log } = await until(ctx, record, (now) => now.log.length > 0);
  assert.equal(status, 'unhealthy');
  assert.deepEqual([log[0]?.exitCode, log[0]?.output], [-1, 'Health check exceeded timeout (50ms): said something']);
});

test('a check that cannot be run has failed', async () => {
  const record = checked(often);
  const monitor = only<Monitor>('monitor', {
    exec: async () => {
      throw new SelkieError('COMMAND_NOT_FOUND', { reason: 'no check here' });
    },
  });
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  const { log } = await until(ctx, record, (now) => now.log.length > 0);
  assert.deepEqual([log[0]?.exitCode, log[0]?.output], [-1, 'no check here']);
});

test('a stopped container is not checked any more, and the check under way says nothing', async () => {
  const record = checked({ ...often, timeout: 3600 });
  const { monitor, asked } = monitorOf(['never', 0]);
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  const checking = health.check(record.id, signal);
  health.stopped(record);
  await assert.rejects(checking, { code: 'CONTAINER_NOT_RUNNING' });
  assert.deepEqual(ctx.store.find(record.id).state.health?.log, []);
  assert.deepEqual(readdirSync(checksDirectory(ctx)), []);
  assert.equal(asked.length, 1);
  await assert.rejects(health.check(record.id, signal), { code: 'CONTAINER_NOT_RUNNING' });
});

test('without a check there is no health, and none is left of before', () => {
  for (const form of [undefined, { test: ['NONE'] }]) {
    const record = container({
      definition: definition(form ? { health: form } : {}),
      state: { ...running(), health: { startedAt: 'before', status: 'healthy', failingStreak: 0, log: [] } },
    });
    const ctx = contextOf(record, only<Monitor>('monitor', {}));
    using health = new Health(ctx);
    health.started(record);
    assert.equal(ctx.store.find(record.id).state.health, undefined);
  }
});

test('a restart of the service keeps what is known, one of the container does not', () => {
  const record = checked(seldom);
  const ctx = contextOf(record, only<Monitor>('monitor', {}));
  const known = { startedAt: record.state.startedAt ?? '', status: 'healthy', failingStreak: 1, log: [] } as const;
  using health = new Health(ctx);
  health.started(ctx.store.setState(record, { health: known }));
  assert.deepEqual(ctx.store.find(record.id).state.health, known);
  health.started(ctx.store.setState(record, { startedAt: '2025-01-01T00:00:00.000000000Z' }));
  assert.deepEqual(ctx.store.find(record.id).state.health, {
    startedAt: '2025-01-01T00:00:00.000000000Z',
    status: 'starting',
    failingStreak: 0,
    log: [],
  });
});

test('a client may have it checked at once, and joins a check under way', async () => {
  const record = checked(seldom);
  const { monitor, asked } = monitorOf([0, 'never']);
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  const both = await Promise.all([health.check(record.name, signal), health.check(record.id, signal)]);
  assert.deepEqual(
    both.map(({ status, log }) => [status, log.length]),
    [
      ['healthy', 1],
      ['healthy', 1],
    ],
  );
  assert.equal(asked.length, 1);
  const leaving = new AbortController();
  const left = health.check(record.id, leaving.signal);
  leaving.abort(new Error('left'));
  await assert.rejects(left, { message: 'left' });
});

test('a paused container is left alone', async () => {
  const record = checked(seldom);
  const { monitor, asked } = monitorOf([0]);
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  ctx.store.setState(record, { status: 'paused' });
  await assert.rejects(health.check(record.id, signal), { code: 'CONTAINER_NOT_RUNNING' });
  assert.equal(asked.length, 0);
});

test('a check that fails because the container has just ended does not count', async () => {
  const record = checked(seldom);
  const { monitor } = monitorOf([137]);
  const ctx = contextOf(record, monitor);
  using health = new Health(ctx);
  health.started(record);
  const checking = health.check(record.id, signal);
  ctx.store.setState(record, { pidStart: 1 });
  assert.deepEqual((await checking).log, []);
});

test('nothing to check is said so', async () => {
  const record = container({ state: running() });
  const ctx = contextOf(record, only<Monitor>('monitor', {}));
  using health = new Health(ctx);
  health.started(record);
  await assert.rejects(health.check(record.id, signal), { code: 'CONTAINER_STATE', message: /no defined healthcheck/ });
});
