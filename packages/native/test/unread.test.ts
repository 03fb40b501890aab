import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { unread } from '../src/unread.ts';

test('what the other end has not read counts, until it has', async () => {
  const path = join(tmpdir(), `selkie-unread-${process.pid}.sock`);
  using held = new DisposableStack();
  const server = createServer({ pauseOnConnect: true }).listen(path);
  held.defer(() => rmSync(path, { force: true }));
  held.defer(() => server.close());
  await once(server, 'listening');
  const client = held.adopt(new Socket(), (socket) => socket.destroy()).connect(path);
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(client, 'connect')]);
  held.defer(() => accepted.destroy());
  const fd: unknown = Reflect.get(Object(Reflect.get(client, '_handle')), 'fd');
  assert.ok(typeof fd === 'number');
  assert.equal(unread(fd), 0);
  client.write('some words');
  assert.notEqual(unread(fd), 0);
  accepted.resume();
  await once(accepted, 'data');
  assert.equal(unread(fd), 0);
});
