import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { KeyedLock } from '../../src/containers/keyed-lock.ts';

test('work of one key comes one after the other, also after work that failed', async () => {
  const lock = new KeyedLock();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await turn();
    seen.push(`${name} ends`);
    if (name === 'a') throw new Error('failed');
  };
  const results = await Promise.allSettled([lock.run('key', work('a')), lock.run('key', work('b'))]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends']);
});

test('work of several keys waits for all of them and keeps others out of each', async () => {
  const lock = new KeyedLock();
  const held = Promise.withResolvers<void>();
  const seen: string[] = [];
  const first = lock.run('b', () => held.promise);
  const all = lock.runAll(['a', 'b', 'c'], async () => void seen.push('all'));
  const last = lock.run('a', async () => void seen.push('last'));
  const other = lock.run('d', async () => void seen.push('other'));
  await other;
  held.resolve();
  await Promise.all([first, all, last]);
  assert.deepEqual(seen, ['other', 'all', 'last']);
});
