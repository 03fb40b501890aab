import assert from 'node:assert/strict';
import { test } from 'node:test';
import { size } from '../../src/containers/size.ts';
import type { Snapshots } from '../../src/ports/snapshots.ts';
import { container, fakeContext, only } from '../support/containers.ts';

const { signal } = new AbortController();

test('the total has the image below what was written', async () => {
  const record = container({ image: { id: 'sha256:1', name: 'i', digest: '', chainIds: ['a', 'b'] } });
  const ctx = fakeContext([record], {
    snapshots: only<Snapshots>('snapshots', {
      sizeOf: () => 100,
      usage: async (id) => ({ size: id === record.id ? 7 : 0, inodes: 1 }),
    }),
  });
  assert.deepEqual(await size(ctx, record.name, signal), { writable: 7, total: 207 });
});

test('a container on a directory of the host has no account', async () => {
  const record = container();
  assert.deepEqual(await size(fakeContext([record]), record.id, signal), { writable: 0, total: 0 });
});
