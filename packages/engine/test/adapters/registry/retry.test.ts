import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, retryAfter } from '../../../src/adapters/registry/retry.ts';

test('Retry-After in seconds and as a date', () => {
  const now = Date.parse('2024-01-01T00:00:00Z');
  assert.equal(retryAfter('3', now), 3000);
  assert.equal(retryAfter(['7'], now), 7000);
  assert.equal(retryAfter('Mon, 01 Jan 2024 00:00:10 GMT', now), 10_000);
  assert.equal(retryAfter('Sun, 31 Dec 2023 00:00:00 GMT', now), 0);
  for (const nothing of [undefined, '', 'soon']) assert.equal(retryAfter(nothing, now), undefined);
});

test('the wait doubles up to its limit', () => {
  const policy = { attempts: 9, backoff: 100, maxDelay: 1000 };
  const within = (tried: number, low: number, high: number) => {
    const wait = backoff(policy, tried);
    assert.ok(wait >= low && wait <= high, `${wait} not in ${low}..${high}`);
  };
  within(1, 50, 100);
  within(2, 100, 200);
  within(3, 200, 400);
  within(8, 500, 1000);
});
