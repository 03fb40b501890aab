import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { empty } from '../../../src/http/handler.ts';
import { call } from '../support/client.ts';
import { row } from '../support/rows.ts';
import { serve, startService, temporaryDirectory } from '../support/service.ts';

const routes = [serve(row('GET', '/x'), () => empty(204))];

test('only the owner and the group may open the socket, whatever the mask', async () => {
  const mask = process.umask(0);
  try {
    await using service = await startService(routes, { listeners: { socketGroup: '12345' } });
    const { mode, gid } = statSync(service.path);
    assert.deepEqual([mode & 0o777, gid], [0o660, 12345]);
    assert.equal(process.umask(), 0);
  } finally {
    process.umask(mask);
  }
});

test('a group is found by name, and one that does not exist is refused', async () => {
  await using service = await startService(routes, { listeners: { socketGroup: 'daemon' } });
  assert.equal(statSync(service.path).gid, 1);
  await assert.rejects(startService(routes, { listeners: { socketGroup: 'no-such-group' } }), /no group no-such-group/);
});

test('directories on the way are made and the socket goes with the service', async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, 'a/b/x.sock');
  await using service = await startService(routes, { listen: [`unix://${path}`] });
  assert.equal((await call(path, 'GET', '/x')).status, 204);
  await service.close();
  assert.equal(existsSync(path), false);
});

test('a socket a dead service left is replaced', async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, 'x.sock');
  const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  assert.equal(spawnSync(process.execPath, ['-e', script]).signal, 'SIGKILL');
  assert.ok(existsSync(path));
  await using _service = await startService(routes, { listen: [`unix://${path}`] });
  assert.equal((await call(path, 'GET', '/x')).status, 204);
});

test('a socket that still answers, and a file that is none, are left alone', async () => {
  using directory = temporaryDirectory();
  const path = join(directory.path, 'x.sock');
  const other = createServer((socket) => socket.on('error', () => {}).end('other'));
  await new Promise<void>((resolve) => other.listen(path, resolve));
  await assert.rejects(startService(routes, { listen: [`unix://${path}`] }), (error) =>
    isSelkieError(error, 'ADDRESS_IN_USE'),
  );
  assert.ok(existsSync(path));
  other.close();
  const file = join(directory.path, 'file');
  writeFileSync(file, 'precious');
  await assert.rejects(startService(routes, { listen: [`unix://${file}`] }), /is not a socket/);
  assert.ok(existsSync(file));
});

test('several addresses at once, and none when one of them fails', async () => {
  using directory = temporaryDirectory();
  const [a, b] = [join(directory.path, 'a.sock'), join(directory.path, 'b.sock')];
  {
    await using _service = await startService(routes, { listen: [`unix://${a}`, `unix://${b}`] });
    assert.equal((await call(a, 'GET', '/x')).status, 204);
    assert.equal((await call(b, 'GET', '/x')).status, 204);
  }
  await assert.rejects(startService(routes, { listen: [`unix://${a}`, 'tcp://127.0.0.1:0'] }), /--tls-cert/);
  assert.equal(existsSync(a), false);
});
