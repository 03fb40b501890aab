import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesGlob, matchesPattern } from '../../src/filters/pattern.ts';

test('a pattern is a regular expression anywhere in the text', () => {
  assert.ok(matchesPattern(['web_1'], ['eb']));
  assert.ok(matchesPattern(['web_1'], ['^web_\\d$']));
  assert.ok(!matchesPattern(['web_1'], ['^eb']));
  assert.ok(matchesPattern(['web_1', '/web_1'], ['^/web']));
});

test('what is no expression is looked for as it stands', () => {
  assert.ok(matchesPattern(['a[b'], ['a[']));
  assert.ok(!matchesPattern(['ab'], ['a[']));
});

test('globs match the whole text', () => {
  assert.ok(matchesGlob('abc', 'a*c'));
  assert.ok(matchesGlob('abc', '*'));
  assert.ok(matchesGlob('a.b.c', '*.b.*'));
  assert.ok(!matchesGlob('abc', 'b*'));
  assert.ok(!matchesGlob('aba', 'ab*ba'));
  assert.ok(!matchesGlob('ab', 'a*b*b'));
});
