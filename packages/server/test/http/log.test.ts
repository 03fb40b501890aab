import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, errorFields } from '../../src/http/log.ts';

test('entries are one JSON object per line, from the threshold up', () => {
  const lines: string[] = [];
  const log = createLog('warn', (line) => lines.push(line));
  log('info', 'no');
  log('warn', 'two\nlines', { path: '/x' });
  log('error', 'yes');
  assert.equal(lines.length, 2);
  const [first = ''] = lines;
  assert.ok(first.endsWith('}\n') && first.indexOf('\n') === first.length - 1);
  const { time, ...entry } = JSON.parse(first);
  assert.deepEqual(entry, { level: 'warn', message: 'two\nlines', path: '/x' });
  assert.equal(new Date(time).toISOString(), time);
});

test('an error brings its causes, even when they go in a circle', () => {
  const inner = new Error('inner');
  const { error } = errorFields(new Error('outer', { cause: inner }));
  assert.match(String(error), /outer[\s\S]*caused by: Error: inner/);
  inner.cause = inner;
  assert.ok(String(errorFields(inner).error).length > 0);
  assert.deepEqual(errorFields('text'), { error: 'text' });
});
