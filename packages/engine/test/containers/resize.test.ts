import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attach } from '../../src/containers/attach.ts';
import { takeSize } from '../../src/containers/early-size.ts';
import { resize } from '../../src/containers/resize.ts';
import { container, fakeContext } from '../support/containers.ts';

const size = { height: 40, width: 120 };

test('a client that attached before the start had a terminal without a size', async () => {
  const record = container();
  const ctx = fakeContext([record]);
  await assert.rejects(resize(ctx, record.id, size), { code: 'CONTAINER_NOT_RUNNING' });
  using _session = await attach(ctx, record.id, new AbortController().signal);
  await resize(ctx, record.id, size);
  assert.deepEqual(takeSize(ctx, record.id), size);
});

test('the size of a client that has left again is forgotten', async () => {
  const record = container();
  const ctx = fakeContext([record]);
  const left = new AbortController();
  using _session = await attach(ctx, record.id, left.signal);
  await resize(ctx, record.id, size);
  left.abort();
  await new Promise(setImmediate);
  assert.equal(takeSize(ctx, record.id), undefined);
});
