/** Volumes by the unmodified clients of both groups. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Client, dockerClient, podmanClient } from './support/client.ts';
import { startImageSource } from './support/images.ts';
import { startService } from './support/service.ts';

suite('volumes by their clients', { timeout: 180_000 }, () => {
  const held = new AsyncDisposableStack();
  let docker: Client;
  let podman: Client;

  before(async () => {
    const images = held.use(await startImageSource());
    const service = held.use(await startService({ args: images.args }));
    const config = held.adopt(mkdtempSync(join(tmpdir(), 'selkie-docker-config-')), (path) =>
      rmSync(path, { recursive: true }),
    );
    docker = dockerClient(service.url, config);
    podman = podmanClient(service.url);
    await docker.ok('pull', '-q', 'busybox');
  });
  after(() => held.disposeAsync());

  const fails = async (client: Client, message: RegExp, ...args: readonly string[]) => {
    const { code, stderr } = await client.run(args);
    assert.notEqual(code, 0, args.join(' '));
    assert.match(stderr, message);
  };
  const count = async (client: Client) => (await client.ok('volume', 'ls', '-q')).split('\n').filter(Boolean).length;

  test('docker volume create, ls, inspect, rm, prune', async () => {
    assert.equal(await docker.ok('volume', 'create', '--label', 'a=b', 'made'), 'made');
    assert.match(await docker.ok('volume', 'create'), /^[0-9a-f]{64}$/);
    assert.equal(await docker.ok('volume', 'ls', '-q', '-f', 'label=a=b'), 'made');
    assert.equal(
      await docker.ok('volume', 'inspect', 'made', '-f', '{{.Driver}} {{.Scope}} {{.Labels.a}}'),
      'local local b',
    );
    assert.match(await docker.ok('volume', 'prune', '-f'), /^Deleted Volumes:\n[0-9a-f]{64}\n/);
    assert.equal(await docker.ok('volume', 'ls', '-q'), 'made');
    assert.equal(await docker.ok('volume', 'rm', 'made'), 'made');
    await fails(docker, /no such volume/, 'volume', 'rm', 'made');
  });

  test('docker run -v keeps what is written, and rm -v takes anonymous volumes along', async () => {
    await docker.ok('run', '--rm', '-v', 'kept:/x', 'busybox', 'sh', '-c', 'echo written > /x/f');
    assert.equal(await docker.ok('run', '--rm', '-v', 'kept:/y:ro', 'busybox', 'cat', '/y/f'), 'written');
    await docker.ok('run', '-d', '--name', 'holder', '-v', '/anon', '-v', 'kept:/x', 'busybox', 'sleep', '1000');
    assert.equal(await count(docker), 2);
    assert.equal(await docker.ok('volume', 'ls', '-q', '-f', 'dangling=true'), '');
    await fails(docker, /volume is in use/, 'volume', 'rm', 'kept');
    const taken = await docker.ok('run', '--rm', '--volumes-from', 'holder', 'busybox', 'cat', '/x/f');
    assert.equal(taken, 'written');
    await docker.ok('rm', '-f', '-v', 'holder');
    assert.equal(await docker.ok('volume', 'ls', '-q'), 'kept');
    assert.match(await docker.ok('volume', 'prune', '-af'), /kept/);
    assert.equal(await count(docker), 0);
  });

  test('docker volume options and subpaths', async () => {
    await docker.ok('volume', 'create', '-o', 'type=tmpfs', '-o', 'device=tmpfs', '-o', 'o=size=1m,uid=5', 'memory');
    assert.match(
      await docker.ok('run', '--rm', '-v', 'memory:/m', 'busybox', 'mount'),
      /on \/m type tmpfs .*size=1024k/,
    );
    await docker.ok('run', '--rm', '-v', 'parts:/p', 'busybox', 'sh', '-c', 'mkdir /p/sub; echo part > /p/sub/f');
    const mount = 'type=volume,src=parts,dst=/s,volume-subpath=sub';
    assert.equal(await docker.ok('run', '--rm', '--mount', mount, 'busybox', 'cat', '/s/f'), 'part');
    await docker.ok('volume', 'rm', 'memory', 'parts');
  });

  test('podman volume create, ls, inspect, exists, rm, prune', async () => {
    assert.equal(await podman.ok('volume', 'create', '--label', 'a=b', 'made'), 'made');
    await fails(podman, /volume already exists/, 'volume', 'create', 'made');
    assert.equal(await podman.ok('volume', 'ls', '-q', '--filter', 'label=a=b'), 'made');
    assert.equal(await podman.ok('volume', 'inspect', 'made', '--format', '{{.Driver}} {{.Labels.a}}'), 'local b');
    await podman.ok('volume', 'exists', 'made');
    assert.equal((await podman.run(['volume', 'exists', 'nothing'])).code, 1);
    assert.equal(await podman.ok('volume', 'prune', '-f'), 'made');
    await fails(podman, /no such volume/, 'volume', 'rm', 'made');
  });

  test('podman run -v keeps what is written, and rm -v takes anonymous volumes along', async () => {
    await podman.ok('run', '--rm', '-v', 'kept:/x', 'busybox', 'sh', '-c', 'echo written > /x/f');
    await podman.ok('run', '-d', '--name', 'holder', '-v', '/anon', '-v', 'kept:/x', 'busybox', 'sleep', '1000');
    assert.equal(await count(podman), 2);
    const taken = await podman.ok('run', '--rm', '--volumes-from', 'holder', 'busybox', 'cat', '/x/f');
    assert.equal(taken, 'written');
    await fails(podman, /volume is being used/, 'volume', 'rm', 'kept');
    await podman.ok('rm', '-f', '-t', '0', '-v', 'holder');
    assert.equal(await podman.ok('volume', 'ls', '-q'), 'kept');
    await podman.ok('run', '-d', '--name', 'user', '-v', 'kept:/x', 'busybox', 'sleep', '1000');
    await podman.ok('volume', 'rm', '-f', '-t', '0', 'kept');
    assert.equal(await podman.ok('ps', '-aq'), '');
    assert.equal(await count(podman), 0);
  });
});
