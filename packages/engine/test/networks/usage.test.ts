import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockOfRange } from '../../src/networks/address.ts';
import { usageOf } from '../../src/networks/usage.ts';

const lease = (address: string) => ({ networkId: 'n', containerId: 'c', address });

test('what is left of a subnet is what the next containers can get', () => {
  const subnet = { subnet: '10.0.0.0/28', gateway: '10.0.0.1' };
  assert.deepEqual(usageOf(subnet, []), { used: 3, free: 13 });
  assert.deepEqual(usageOf(subnet, [lease('10.0.0.2'), lease('fd00::2')]), { used: 4, free: 12 });
  const narrow = { ...subnet, range: { start: '10.0.0.8', end: '10.0.0.11' }, reserved: { printer: '10.0.0.9' } };
  assert.deepEqual(usageOf(narrow, [lease('10.0.0.2'), lease('10.0.0.8')]), { used: 6, free: 2 });
  assert.deepEqual(usageOf({ subnet: 'fd00::/64', gateway: 'fd00::1' }, [lease('fd00::2')]), {
    used: 3,
    free: Number.MAX_SAFE_INTEGER,
  });
});

test('a range that is a block is called so', () => {
  assert.equal(blockOfRange({ start: '10.0.0.64', end: '10.0.0.127' }), '10.0.0.64/26');
  assert.equal(blockOfRange({ start: 'fd00::10', end: 'fd00::1f' }), 'fd00::10/124');
  assert.equal(blockOfRange({ start: '10.0.0.65', end: '10.0.0.128' }), undefined);
  assert.equal(blockOfRange({ start: '10.0.0.1', end: '10.0.0.254' }), undefined);
  assert.equal(blockOfRange({ start: '10.0.0.9', end: '10.0.0.8' }), undefined);
});
