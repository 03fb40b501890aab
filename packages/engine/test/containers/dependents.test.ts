import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencies, dependents } from '../../src/containers/dependents.ts';
import { container, fakeContext } from '../support/containers.ts';
import { definition } from '../support/spec.ts';

function joining(reference: string) {
  const base = definition();
  return container({
    definition: { ...base, network: { ...base.network, mode: { kind: 'container', container: reference } } },
  });
}

test('who joins a container by name or ID depends on it, those that join them come first', () => {
  const donor = container();
  const [byName, byId] = [joining(donor.name), joining(donor.id.slice(0, 12))];
  const second = joining(byName.name);
  const ctx = fakeContext([donor, byName, byId, second, container()]);
  const order = dependents(ctx, donor.id).map(({ id }) => id);
  assert.deepEqual(new Set(order), new Set([byName.id, byId.id, second.id]));
  assert.ok(order.indexOf(second.id) < order.indexOf(byName.id));
  assert.deepEqual(dependencies(ctx, second.id), [byName.id]);
  assert.deepEqual(dependents(ctx, second.id), []);
});
