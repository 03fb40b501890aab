import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerStore } from '../../src/containers/store.ts';
import { container } from '../support/containers.ts';
import { MemoryStateStore } from '../support/memory-state.ts';

const exited = (exitCode: number) =>
  container({ state: { status: 'exited', exitCode, finishedAt: '2024-01-02T00:00:00.000000000Z' } });

test('a removed container is still known by how it ended, also after a restart of the service', () => {
  const state = new MemoryStateStore();
  const store = new ContainerStore(state);
  const record = store.put(exited(6));
  assert.equal(store.exitCodes.get(record.id), undefined);
  store.delete(record);
  assert.equal(store.exitCodes.get(record.id), 6);
  assert.equal(new ContainerStore(state).exitCodes.get(record.id), 6);
});

test('one that never ran has not ended, one that could not be started has', () => {
  const store = new ContainerStore(new MemoryStateStore());
  const [never, failed] = [store.put(container()), store.put(container({ state: { exitCode: 127 } }))];
  for (const record of [never, failed]) store.delete(record);
  assert.equal(store.exitCodes.get(never.id), undefined);
  assert.equal(store.exitCodes.get(failed.id), 127);
});

test('only the last thousand are remembered, in the order they went', () => {
  const state = new MemoryStateStore();
  const store = new ContainerStore(state);
  const records = Array.from({ length: 1002 }, (_, index) => store.put(exited(index % 256)));
  for (const record of records) store.delete(record);
  for (const { exitCodes } of [store, new ContainerStore(state)]) {
    assert.deepEqual(
      [0, 1, 2, 1001].map((index) => exitCodes.get(records[index]?.id ?? '')),
      [undefined, undefined, 2, 1001 % 256],
    );
  }
});
