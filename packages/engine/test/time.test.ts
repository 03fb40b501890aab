import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNanos } from '../src/clock.ts';
import { formatDuration, parseDuration, parseTime } from '../src/time.ts';

const now = 1_700_000_000_123_456_789n;

test('seconds since the epoch keep a fraction of nanoseconds', () => {
  assert.equal(parseTime('1136073600'), 1_136_073_600_000_000_000n);
  assert.equal(parseTime('1136073600.5'), 1_136_073_600_500_000_000n);
  assert.equal(parseTime('1136073600.000000001'), 1_136_073_600_000_000_001n);
  assert.equal(parseTime('0'), 0n);
});

test('dates may leave off their tail', () => {
  const utc = (text: string) => formatNanos(parseTime(text));
  assert.equal(utc('2006-01-02T15:04:05.123456789Z'), '2006-01-02T15:04:05.123456789Z');
  assert.equal(utc('2006-01-02T15:04:05+02:00'), '2006-01-02T13:04:05.000000000Z');
  assert.equal(utc('2006-01-02T15:04Z'), '2006-01-02T15:04:00.000000000Z');
  assert.equal(utc('2006-01-02Z'), '2006-01-02T00:00:00.000000000Z');
  const local = new Date(2006, 0, 2, 15).getTime();
  assert.equal(parseTime('2006-01-02T15'), BigInt(local) * 1_000_000n);
  assert.equal(parseTime('2006-01-02'), BigInt(new Date(2006, 0, 2).getTime()) * 1_000_000n);
});

test('durations count back from now', () => {
  assert.equal(parseTime('1h', now), now - 3_600_000_000_000n);
  assert.equal(parseTime('-1.5s', now), now + 1_500_000_000n);
});

for (const bad of [
  '',
  'foo',
  '1x',
  '-',
  '-5',
  '2006-13-02',
  '2006-01-02T25:00',
  '1h foo',
  '1136073600.',
  '2006-01-02\n',
]) {
  test(`${JSON.stringify(bad)} is no time`, () => {
    assert.throws(() => parseTime(bad), {
      message: `failed to parse value as time or duration: ${JSON.stringify(bad)}`,
    });
  });
}

test('durations have every unit of Go', () => {
  const cases: [string, bigint][] = [
    ['1h2m3s', 3_723_000_000_000n],
    ['1.5h', 5_400_000_000_000n],
    ['.5s', 500_000_000n],
    ['2.s', 2_000_000_000n],
    ['3ms4us5ns', 3_004_005n],
    ['1µs', 1_000n],
    ['+1s', 1_000_000_000n],
    ['-1m', -60_000_000_000n],
    ['0', 0n],
  ];
  for (const [text, nanos] of cases) assert.equal(parseDuration(text), nanos, text);
  for (const bad of ['', '1', '5 s', '1s2', 's', '--1s', '1h-2m']) assert.equal(parseDuration(bad), undefined, bad);
});

test('durations are printed as Go prints them', () => {
  const cases: [bigint, string][] = [
    [0n, '0s'],
    [7n, '7ns'],
    [1_500n, '1.5µs'],
    [847_692_696n, '847.692696ms'],
    [1_847_632_176n, '1.847632176s'],
    [62_000_000_000n, '1m2s'],
    [3_600_000_000_000n, '1h0m0s'],
    [-90_500_000_000n, '-1m30.5s'],
  ];
  for (const [nanos, text] of cases) assert.equal(formatDuration(nanos), text);
});
