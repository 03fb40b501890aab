import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasLabels, lacksLabels } from '../../src/filters/labels.ts';

const labels = { app: 'web', 'com.example.team': 'a=b', empty: '' };

test('a key alone asks for presence, with a value for that very value', () => {
  assert.ok(hasLabels(labels, ['app']));
  assert.ok(hasLabels(labels, ['app=web']));
  assert.ok(!hasLabels(labels, ['app=we']));
  assert.ok(!hasLabels(labels, ['ap']));
  assert.ok(hasLabels(labels, ['com.example.team=a=b']));
  assert.ok(hasLabels(labels, ['empty=']));
  assert.ok(!hasLabels(labels, ['app=']));
});

test('every wanted label has to be there', () => {
  assert.ok(hasLabels(labels, ['app=web', 'empty']));
  assert.ok(!hasLabels(labels, ['app=web', 'other']));
});

test('a star in the key stands for anything', () => {
  assert.ok(hasLabels(labels, ['com.example.*=a=b']));
  assert.ok(hasLabels(labels, ['com.*.team']));
  assert.ok(!hasLabels(labels, ['com.*.teams']));
});

test('one unwanted label is enough to be left out', () => {
  assert.ok(!lacksLabels(labels, ['other', 'app']));
  assert.ok(lacksLabels(labels, ['other', 'app=db']));
});
