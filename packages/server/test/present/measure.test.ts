import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SelkieError } from '@selkie/contract';
import { measureAll } from '../../src/present/measure.ts';

test('what is removed while it is measured is left out, everything else is a failure', async () => {
  const sizes = await measureAll(['a', 'gone', 'b'], async (name) => {
    if (name === 'gone') throw new SelkieError('NO_SUCH_CONTAINER', { name });
    return name.toUpperCase();
  });
  assert.deepEqual(sizes, ['A', 'B']);
  const broken = measureAll(['a'], () => Promise.reject(new SelkieError('HOST', { reason: 'disk' })));
  await assert.rejects(broken, { code: 'HOST' });
});
