import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterQuery } from '../src/filters.ts';

test('filters', () => {
  assert.deepEqual(filterQuery(['label=a=b', 'label=c', 'label!=d']), { label: ['a=b', 'c'], 'label!': ['d'] });
  assert.throws(() => filterQuery(['label']), /invalid filter: label/);
});
