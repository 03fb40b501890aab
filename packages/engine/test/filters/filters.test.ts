import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FilterKey, filterTest } from '../../src/filters/filters.ts';

const keys = new Map<string, FilterKey<undefined, string>>([
  ['starts', (values) => (text) => values.some((value) => text.startsWith(value))],
  ['ends', (values) => (text) => values.some((value) => text.endsWith(value))],
]);

test('keys narrow each other down, values of one key widen it', () => {
  const passes = filterTest(keys, { starts: ['a', 'b'], ends: ['z'] }, undefined);
  assert.deepEqual(['az', 'bz', 'cz', 'a'].filter(passes), ['az', 'bz']);
});

test('a key without values asks for nothing', () => {
  assert.ok(filterTest(keys, { starts: [] }, undefined)('anything'));
});

test('an unknown key is refused, with or without values', () => {
  assert.throws(() => filterTest(keys, { bogus: [] }, undefined), {
    code: 'INVALID_FILTER',
    message: "invalid filter 'bogus'",
  });
});
