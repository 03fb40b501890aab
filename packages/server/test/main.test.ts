import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { call } from './http/support/client.ts';
import { temporaryDirectory } from './http/support/service.ts';

const main = join(import.meta.dirname, '../src/main.ts');

function start(directory: string, ...args: string[]) {
  const path = join(directory, 'x.sock');
  const places = ['--root', join(directory, 'root'), '--runroot', join(directory, 'run'), '--listen', `unix://${path}`];
  const child = spawn(process.execPath, [main, ...places, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const listening = Promise.withResolvers<void>();
  createInterface(child.stdout).on('line', (line) => {
    said.push(line);
    if (line.includes('CONTAINER_HOST')) listening.resolve();
  });
  child.stderr.resume();
  const exited = once(child, 'exit').then(([code]) => {
    listening.reject(new Error(`it ended with ${code}`));
    return code;
  });
  return { path, child, said, listening: listening.promise, exited };
}

test('bad usage exits 125 and says what would be right', () => {
  const { status, stderr } = spawnSync(process.execPath, [main, '--time', 'soon'], { encoding: 'utf8' });
  assert.equal(status, 125);
  assert.match(stderr, /^Error: --time takes whole seconds.*\nSee --help\.\n$/);
});

test('an address that may not be listened on is bad usage too', () => {
  using directory = temporaryDirectory();
  const places = ['--root', join(directory.path, 'root'), '--runroot', join(directory.path, 'run')];
  const { status, stderr } = spawnSync(process.execPath, [main, ...places, 'tcp://0.0.0.0:0'], { encoding: 'utf8' });
  assert.equal(status, 125);
  assert.match(stderr, /--tls-cert/);
});

test('it says how to reach it, answers, and ends on SIGTERM', async () => {
  using directory = temporaryDirectory();
  const service = start(directory.path);
  await service.listening;
  const uri = `unix://${service.path}`;
  assert.deepEqual(service.said, [
    `Listening on ${uri}`,
    'Use it with:',
    `  export DOCKER_HOST=${uri}`,
    `  export CONTAINER_HOST=${uri}`,
  ]);
  const document = await call(service.path, 'GET', '/openapi/libpod.json');
  assert.match(JSON.parse(document.body).openapi, /^3\./);
  service.child.kill('SIGTERM');
  assert.equal(await service.exited, 0);
});

test('it ends by itself when idle', async () => {
  using directory = temporaryDirectory();
  const service = start(directory.path, '--time', '1');
  await service.listening;
  assert.equal(await service.exited, 0);
});

test('a second service on the same root is refused', async () => {
  using directory = temporaryDirectory();
  const first = start(directory.path);
  await first.listening;
  const places = ['--root', join(directory.path, 'root'), '--runroot', join(directory.path, 'run')];
  const second = spawnSync(process.execPath, [main, ...places, `unix://${directory.path}/y.sock`], {
    encoding: 'utf8',
  });
  assert.equal(second.status, 1);
  assert.match(second.stderr, /another service is using the state root/);
  first.child.kill('SIGTERM');
  assert.equal(await first.exited, 0);
});
