import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { inheritedSockets } from '../../../src/http/listeners/activation.ts';
import { call, parseAnswer, RawClient, requestText } from '../support/client.ts';
import { temporaryDirectory } from '../support/service.ts';

test('sockets are ours when the process is, and carry their names', () => {
  const env = { LISTEN_PID: '7', LISTEN_FDS: '2', LISTEN_FDNAMES: 'docker:' };
  assert.deepEqual(inheritedSockets(env, 7), [
    { fd: 3, name: 'docker' },
    { fd: 4, name: '' },
  ]);
  assert.deepEqual(inheritedSockets({ LISTEN_PID: '7', LISTEN_FDS: '1' }, 7), [{ fd: 3, name: 'unknown' }]);
  assert.deepEqual(inheritedSockets(env, 8), []);
  assert.deepEqual(inheritedSockets({}, 7), []);
});

/** What the small service says once it listens, or why it does not. */
type Started =
  | { readonly uris: string[]; readonly environment: string[]; readonly pid: number }
  | { readonly error: string };

/** Starts the small service through a stand-in for a service manager. */
async function activate(addresses: readonly string[], names: string, args: readonly string[]) {
  const manager = join(import.meta.dirname, '../support/manager.ts');
  const child = spawn(process.execPath, [manager, addresses.join(), names, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const { promise, resolve } = Promise.withResolvers<string>();
  createInterface(child.stdout).once('line', resolve);
  const started: Started = JSON.parse(await promise);
  return {
    started,
    async [Symbol.asyncDispose]() {
      if ('pid' in started) process.kill(started.pid);
      await exited;
    },
  };
}

test('the service answers on sockets it inherited, by all, by name and by number', async () => {
  using directory = temporaryDirectory();
  for (const [i, [uri, chosen]] of (
    [
      ['fd://', [0, 1]],
      ['fd://second', [1]],
      ['fd://3', [0]],
    ] as const
  ).entries()) {
    const paths = [join(directory.path, `${i}a.sock`), join(directory.path, `${i}b.sock`)];
    const answering = chosen.map((index) => paths[index] ?? '');
    await using service = await activate(paths, 'first:second', [uri]);
    assert.ok('pid' in service.started, JSON.stringify(service.started));
    assert.deepEqual(
      service.started.uris,
      answering.map((path) => `unix://${path}`),
    );
    assert.deepEqual(service.started.environment, [], 'children must not take the sockets for theirs');
    for (const path of answering) {
      const { status, body } = await call(path, 'GET', '/pid');
      assert.deepEqual([status, Number(body)], [200, service.started.pid]);
    }
  }
});

test('an inherited TCP socket needs TLS or the insecure flag, as one of our own', async () => {
  await using refused = await activate(['tcp'], '', ['fd://']);
  assert.ok('error' in refused.started);
  assert.match(refused.started.error, /--tls-cert/);
  await using service = await activate(['tcp'], '', ['--insecure', 'fd://']);
  assert.ok('pid' in service.started);
  using client = new RawClient({ port: Number(new URL(service.started.uris[0] ?? '').port), host: '127.0.0.1' });
  const text = requestText('GET', '/pid', { Host: 'localhost', Connection: 'close' });
  assert.equal(parseAnswer(await client.send(text).all()).status, 200);
});

test('fd:// without inherited sockets says what to do', async () => {
  await using service = await activate([], '', ['fd://']);
  assert.ok('error' in service.started);
  assert.match(service.started.error, /no socket was passed on.*unix:\/\//);
});
