import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterResult, nextDelay, unknownHealth } from '../../src/health/outcome.ts';

const startedAt = '2024-01-01T00:00:00.000000000Z';
const check = { args: ['x'], interval: 30_000, timeout: 1, startPeriod: 10_000, startInterval: 5_000, retries: 2 };
const at = (seconds: number, exitCode: number) => {
  const time = `2024-01-01T00:00:${String(seconds).padStart(2, '0')}.000000000Z`;
  return { start: time, end: time, exitCode, output: '' };
};
const health = (...results: ReturnType<typeof at>[]) =>
  results.reduce((known, result) => afterResult(known, result, check), unknownHealth(startedAt));

test('one success makes it healthy', () => {
  assert.equal(health(at(1, 0)).status, 'healthy');
});

test('failures in the start period do not count', () => {
  const starting = health(at(1, 1), at(5, 1), at(9, 1));
  assert.deepEqual([starting.status, starting.failingStreak, starting.log.length], ['starting', 0, 3]);
});

test('once it was healthy they count in the start period too', () => {
  assert.equal(health(at(1, 0), at(2, 1), at(3, -1)).status, 'unhealthy');
});

test('it takes failures in a row', () => {
  assert.deepEqual([health(at(20, 1)).status, health(at(20, 1)).failingStreak], ['starting', 1]);
  assert.equal(health(at(20, 1), at(21, 1)).status, 'unhealthy');
  const mended = health(at(20, 1), at(21, 0), at(22, 1));
  assert.deepEqual([mended.status, mended.failingStreak], ['healthy', 1]);
  assert.equal(health(at(20, 1), at(21, 1), at(22, 0)).status, 'healthy');
});

test('the last five results are kept', () => {
  const { log } = health(...[1, 2, 3, 4, 5, 6, 7].map((seconds) => at(seconds, 0)));
  assert.deepEqual(
    log.map(({ start }) => start.slice(17, 19)),
    ['03', '04', '05', '06', '07'],
  );
});

test('checks come closer in the start period, until one succeeds', () => {
  const now = (seconds: number) => Date.parse(startedAt) + seconds * 1000;
  assert.equal(nextDelay(health(), now(1), check), 5_000);
  assert.equal(nextDelay(health(), now(10), check), 30_000);
  assert.equal(nextDelay(health(at(1, 0)), now(2), check), 30_000);
});

test('an interval longer than a timer takes does not check without a pause', () => {
  assert.equal(nextDelay(health(), Date.parse(startedAt) + 20_000, { ...check, interval: 1e12 }), 2 ** 31 - 1);
});
