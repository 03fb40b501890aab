import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leaseRange } from '../../src/commands/network-create.ts';

test('ranges of addresses', () => {
  assert.deepEqual(leaseRange('10.0.0.5-10.0.0.9'), { start_ip: '10.0.0.5', end_ip: '10.0.0.9' });
  assert.deepEqual(leaseRange('10.0.1.77/24'), { start_ip: '10.0.1.1', end_ip: '10.0.1.254' });
  assert.deepEqual(leaseRange('255.255.255.255/32'), { start_ip: '255.255.255.255', end_ip: '255.255.255.255' });
  assert.throws(() => leaseRange('10.0.0.0/33'), /invalid --ip-range/);
  assert.throws(() => leaseRange('fd00::/64'), /invalid --ip-range/);
});
