import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nowNanos } from '@selkie/engine/clock';
import { eventRange } from '../../src/translate/event-range.ts';

const SECOND = 1_000_000_000n;

test('without an end events go on, and begin now or where the client says', () => {
  assert.deepEqual(eventRange({}, true), {});
  assert.deepEqual(eventRange({ since: '100.5' }, true), { since: 100n * SECOND + SECOND / 2n });
});

test('an end alone means everything up to it', () => {
  assert.deepEqual(eventRange({ until: '200' }, true), { since: 0n, until: 200n * SECOND });
});

test('one that does not follow never waits, whatever end is asked for', () => {
  for (const query of [{}, { until: '99999999999' }]) {
    const { since, until = 0n } = eventRange(query, false);
    assert.equal(since, 0n);
    assert.ok(until <= nowNanos());
  }
  assert.deepEqual(eventRange({ until: '200' }, false), { since: 0n, until: 200n * SECOND });
});
