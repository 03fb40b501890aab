import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseIdMap, readIdMap } from '../../../src/containers/processes/id-map.ts';

test('IDs are counted from the start of their range', () => {
  const inside = parseIdMap('         0     100000      1000\n      1000       5000          1\n');
  assert.deepEqual([100_000, 100_033, 5000, 0, 101_000].map(inside), [0, 33, 1000, 65534, 65534]);
});

test('without a user namespace of its own everything stays', () => {
  const inside = readIdMap('/proc/self/uid_map');
  assert.equal(inside(0), 0);
  assert.equal(inside(4_294_967_294), 4_294_967_294);
});
