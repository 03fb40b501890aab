import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilTime } from '../../src/filters/until.ts';
import { booleanValue } from '../../src/filters/values.ts';

test('booleans are spelt as Go spells them', () => {
  assert.deepEqual(
    ['1', 't', 'TRUE', '0', 'F', 'false'].map((v) => booleanValue('k', v)),
    [true, true, true, false, false, false],
  );
  assert.throws(() => booleanValue('is-task', 'maybe'), {
    code: 'INVALID_PARAMETER',
    message: "invalid filter 'is-task=maybe'",
  });
});

test('until is one time', () => {
  assert.equal(untilTime(['1136073600']), '2006-01-01T00:00:00.000000000Z');
  assert.throws(() => untilTime(['1', '2']), { message: 'more than one until filter specified' });
});
