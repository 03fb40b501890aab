import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthCheckOf } from '../../src/health/check.ts';

const argsOf = (...test: string[]) => healthCheckOf({ health: { test } })?.args;

test('every form of a check', () => {
  assert.deepEqual(argsOf('CMD', 'curl', '-f', 'a b'), ['curl', '-f', 'a b']);
  assert.deepEqual(argsOf('CMD-SHELL', 'curl -f || exit 1'), ['/bin/sh', '-c', 'curl -f || exit 1']);
  assert.deepEqual(argsOf('CMD-SHELL', 'curl', '-f'), ['/bin/sh', '-c', 'curl -f']);
  assert.deepEqual(argsOf('true', 'x'), ['true', 'x']);
});

test('nothing is checked', () => {
  assert.equal(healthCheckOf({}), undefined);
  for (const form of [[], ['NONE'], ['CMD'], ['CMD-SHELL'], ['']]) assert.equal(argsOf(...form), undefined);
});

test('times are seconds, and what is left out has a default', () => {
  assert.deepEqual(healthCheckOf({ health: { test: ['CMD', 'x'] } }), {
    args: ['x'],
    interval: 30_000,
    timeout: 30_000,
    startPeriod: 0,
    startInterval: 5_000,
    retries: 3,
  });
  const health = { test: ['CMD', 'x'], interval: 0.5, timeout: 2, startPeriod: 60, startInterval: 1, retries: 1 };
  assert.deepEqual(healthCheckOf({ health }), {
    args: ['x'],
    interval: 500,
    timeout: 2_000,
    startPeriod: 60_000,
    startInterval: 1_000,
    retries: 1,
  });
});
