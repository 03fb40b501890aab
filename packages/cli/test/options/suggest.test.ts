import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest } from '../../src/options/suggest.ts';

test('what is near a mistyped word is suggested, nearest first', () => {
  const words = ['run', 'rm', 'rmi', 'restart', 'start', 'stats', 'pull'];
  assert.deepEqual(suggest('rnu', words), ['run']);
  assert.deepEqual(suggest('strat', words), ['start']);
  assert.deepEqual(suggest('pul', words), ['pull']);
  assert.deepEqual(suggest('rest', words), ['restart']);
  assert.deepEqual(suggest('nonsense', words), []);
});
