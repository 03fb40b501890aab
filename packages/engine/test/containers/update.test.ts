import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { update } from '../../src/containers/update.ts';
import type { OciRuntime } from '../../src/ports/oci-runtime.ts';
import { container, fakeContext, only, running } from '../support/containers.ts';
import { definition } from '../support/spec.ts';

const runroot = mkdtempSync(join(tmpdir(), 'selkie-update-'));
after(() => rmSync(runroot, { recursive: true }));
const { signal } = new AbortController();
const MEBIBYTE = 1024 * 1024;

function limited(resources: object, state = {}) {
  const base = definition();
  return container({ definition: { ...base, resources: { ...base.resources, ...resources } }, state });
}

function contextOf(record: ReturnType<typeof limited>) {
  const updates: unknown[] = [];
  const runtime = only<OciRuntime>('runtime', {
    update: async (_id, path) => void updates.push(JSON.parse(readFileSync(path, 'utf8'))),
  });
  mkdirSync(join(runroot, 'bundles', record.id), { recursive: true });
  return { ctx: fakeContext([record], { runroot, runtime: () => runtime }), updates };
}

test('a running container gets its new limits at once, a stopped one at its next start', async () => {
  const live = limited({ memory: 64 * MEBIBYTE }, running());
  const { ctx, updates } = contextOf(live);
  await update(ctx, live.id, { resources: { memory: 32 * MEBIBYTE } }, signal);
  assert.deepEqual(updates, [{ ...Object(updates[0]), memory: { limit: 32 * MEBIBYTE, swap: 64 * MEBIBYTE } }]);
  assert.equal(ctx.store.find(live.id).definition.resources.memory, 32 * MEBIBYTE);
  assert.deepEqual(
    ctx.events.map(({ action }) => action),
    ['update'],
  );

  const stopped = limited({ memory: 64 * MEBIBYTE });
  const other = contextOf(stopped);
  await update(other.ctx, stopped.id, { resources: { memory: 32 * MEBIBYTE } }, signal);
  assert.deepEqual(other.updates, []);
  assert.equal(other.ctx.store.find(stopped.id).definition.resources.memory, 32 * MEBIBYTE);
});

test('of a quota and a number of processors the newer word counts', async () => {
  const record = limited({ nanoCpus: 5e8 });
  const { ctx } = contextOf(record);
  await update(ctx, record.id, { resources: { cpuQuota: 20_000, cpuPeriod: 100_000 } }, signal);
  const { nanoCpus, cpuQuota } = ctx.store.find(record.id).definition.resources;
  assert.deepEqual({ nanoCpus, cpuQuota }, { nanoCpus: undefined, cpuQuota: 20_000 });
  await update(ctx, record.id, { resources: { nanoCpus: 1e9 } }, signal);
  assert.equal(ctx.store.find(record.id).definition.resources.cpuQuota, undefined);
});

test('a change that cannot be leaves the container as it was', async () => {
  const record = limited({ memory: 64 * MEBIBYTE });
  const { ctx } = contextOf(record);
  await assert.rejects(update(ctx, record.id, { resources: { memory: 1 } }, signal), { code: 'INVALID_PARAMETER' });
  assert.deepEqual(ctx.store.find(record.id), record);
  const doomed = limited({}, { status: 'removing' });
  ctx.store.put(doomed);
  await assert.rejects(update(ctx, doomed.id, {}, signal), { code: 'CONTAINER_STATE' });
});

test('a restart policy is changed without a word to the runtime', async () => {
  const record = limited({}, running());
  const { ctx, updates } = contextOf(record);
  await update(ctx, record.id, { restart: { policy: 'on-failure', maximumRetries: 3 } }, signal);
  assert.deepEqual(ctx.store.find(record.id).definition.restart, { policy: 'on-failure', maximumRetries: 3 });
  assert.deepEqual(updates, []);
});
