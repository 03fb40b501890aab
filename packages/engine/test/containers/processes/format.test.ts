import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockTime, startTime, ttyName } from '../../../src/containers/processes/format.ts';

test('terminals are named by their device number', () => {
  assert.deepEqual([0, 34817, 35072, 1025, 1088, 1281].map(ttyName), [
    '?',
    'pts/1',
    'pts/256',
    'tty1',
    'ttyS0',
    'console',
  ]);
});

test('processor time grows days when it needs them', () => {
  assert.equal(clockTime(59.9), '00:00:59');
  assert.equal(clockTime(90_061), '1-01:01:01');
});

test('a start is told by time, day or year', () => {
  const now = new Date(2024, 4, 20, 12);
  assert.equal(startTime(new Date(2024, 4, 20, 9, 5), now), '09:05');
  assert.equal(startTime(new Date(2024, 4, 3, 9, 5), now), 'May03');
  assert.equal(startTime(new Date(2024, 3, 20, 9, 5), now), 'Apr20');
  assert.equal(startTime(new Date(2023, 4, 20), now), '2023');
});
