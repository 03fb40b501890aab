import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Events } from '../../src/events/events.ts';

test('a subscriber who leaves before the first read is forgotten', () => {
  const events = new Events(new DatabaseSync(':memory:'));
  const leaving = new AbortController();
  events.subscribe({}, leaving.signal);
  events.subscribe({}, AbortSignal.abort());
  assert.equal(events.listeners, 1);
  leaving.abort();
  assert.equal(events.listeners, 0);
});

test('what could not be kept is told all the same', async () => {
  const database = new DatabaseSync(':memory:');
  const reports: string[] = [];
  const events = new Events(database, (what) => reports.push(what));
  const reader = events.subscribe({}, AbortSignal.timeout(5_000))[Symbol.asyncIterator]();
  database.exec('DROP TABLE events');
  events.emit('container', 'start', 'id', 'name');
  const { value } = await reader.next();
  assert.equal(value.action, 'start');
  assert.deepEqual(reports, ['keeping the event container start of id']);
});
