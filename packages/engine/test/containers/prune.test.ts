import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NetworkPlanner, VolumeSource } from '../../src/containers/context.ts';
import { prune } from '../../src/containers/prune.ts';
import type { ContainerRecord } from '../../src/containers/record.ts';
import type { Snapshots } from '../../src/ports/snapshots.ts';
import { container, fakeContext, only, running } from '../support/containers.ts';
import { resolved } from '../support/spec.ts';

const { signal } = new AbortController();
const image = { id: 'sha256:1', name: 'i', digest: '', chainIds: ['c'] };

function contextOf(
  records: readonly ContainerRecord[],
  removeSnapshot: (id: string) => Promise<void> = async () => {},
) {
  return fakeContext(records, {
    snapshots: only<Snapshots>('snapshots', {
      sizeOf: () => 1000,
      usage: async () => ({ size: 42, inodes: 1 }),
      remove: removeSnapshot,
    }),
    volumes: only<VolumeSource>('volumes', { detach: async () => {} }),
    networks: only<NetworkPlanner>('networks', { release: () => {} }),
  });
}

test('removes what does not run, and says what it gave back', async () => {
  const created = container({ image });
  const exited = container({ image, state: { status: 'exited' } });
  const up = container({ state: running() });
  const paused = container({ state: { ...running(), status: 'paused' } });
  const back = container({ state: { status: 'exited' } });
  const ctx = contextOf([created, exited, up, paused, back]);
  ctx.pendingRestarts.set(back.id, setTimeout(() => {}).unref());
  const { removed, errors } = await prune(ctx, {}, signal);
  assert.deepEqual(
    removed,
    [exited, created].map(({ id }) => ({ id, size: 42 })),
  );
  assert.deepEqual(errors, []);
  assert.deepEqual(ctx.store.all(), [back, paused, up]);
  assert.deepEqual(
    ctx.events.map(({ action }) => action),
    ['remove', 'remove'],
  );
});

test('filters narrow it down', async () => {
  const keep = container({ process: resolved({ labels: { keep: '' } }) });
  const old = container();
  const young = container();
  const ctx = contextOf([keep, old, young]);
  await prune(ctx, { 'label!': ['keep'], until: [young.created] }, signal);
  assert.deepEqual(ctx.store.all(), [young, keep]);
});

test('a filter only lists know is refused before anything is removed', async () => {
  const ctx = contextOf([container()]);
  await assert.rejects(prune(ctx, { name: ['x'] }, signal), { code: 'INVALID_FILTER' });
  assert.equal(ctx.store.size, 1);
});

test('one that cannot be removed does not keep the others', async () => {
  const stuck = container();
  const other = container();
  const broken = new Error('busy');
  const ctx = contextOf([stuck, other], async (id) => {
    if (id === stuck.id) throw broken;
  });
  const { removed, errors } = await prune(ctx, {}, signal);
  assert.deepEqual(
    removed.map(({ id }) => id),
    [other.id],
  );
  assert.deepEqual(errors, [{ id: stuck.id, error: broken }]);
});
