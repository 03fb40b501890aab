/** The unmodified remote client of podman on images and the service itself. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Client, podmanClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';

suite('podman --remote, images and system', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;
  let podman: Client;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    podman = podmanClient(service.url);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  test('pull prints the ID and tells what it does', async () => {
    const { code, stdout, stderr } = await podman.run(['pull', 'busybox']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^[0-9a-f]{64}\n$/);
    assert.match(stderr, /Trying to pull docker.io\/library\/busybox:latest/);
    const missing = await podman.run(['pull', `${images.registry}/library/nope`]);
    assert.equal(missing.code, 125);
    assert.match(missing.stderr, /manifest unknown|name unknown/);
    assert.equal((await podman.run(['pull', '-q', '--policy', 'never', 'nope'])).code, 125);
  });

  test('images, inspect, tag, untag, history, tree and exists agree', async () => {
    const id = await podman.ok('images', '-q', '--no-trunc');
    assert.equal(await podman.ok('image', 'inspect', 'busybox', '--format', 'sha256:{{.Id}}'), id);
    await podman.ok('tag', 'busybox', 'mine:1', 'mine:2');
    await podman.ok('untag', 'busybox', 'mine:1');
    const shown = await podman.ok('images', '--format', '{{.Repository}}:{{.Tag}}');
    assert.deepEqual(shown.split('\n').sort(), ['docker.io/library/busybox:latest', 'localhost/mine:2']);
    assert.match(await podman.ok('history', 'busybox'), new RegExp(id.slice(7, 19)));
    assert.match(await podman.ok('image', 'tree', 'busybox'), /Top Layer of: \[.*localhost\/mine:2/);
    assert.equal((await podman.run(['image', 'exists', 'mine:2'])).code, 0);
    assert.equal((await podman.run(['image', 'exists', 'mine:1'])).code, 1);
    assert.match(await podman.ok('images', '--filter', 'reference=mine'), /localhost\/mine/);
    assert.match(await podman.ok('rmi', 'mine:2'), /^Untagged: localhost\/mine:2$/m);
  });

  test('rmi tells with its exit code what was wrong', async () => {
    assert.equal((await podman.run(['rmi', 'nope'])).code, 1);
    await podman.ok('create', '--name', 'user', 'busybox', 'true');
    const used = await podman.run(['rmi', 'busybox']);
    assert.equal(used.code, 2, used.stderr);
    assert.match(used.stderr, /image is in use by a container/);
    await podman.ok('rm', 'user');
  });

  test('info, version and df describe the service', async () => {
    assert.equal(await podman.ok('info', '--format', '{{.Store.GraphRoot}}'), service.root);
    assert.equal(await podman.ok('info', '--format', '{{.Host.RemoteSocket.Path}}'), service.url);
    assert.match(await podman.ok('info'), /graphDriverName: overlay/);
    assert.equal(await podman.ok('version', '--format', '{{.Server.APIVersion}}'), '5.8.2');
    assert.match(await podman.ok('system', 'df'), /^Images +1 +0 /m);
    assert.match(await podman.ok('system', 'df', '-v'), /docker.io\/library\/busybox/);
  });

  test('events without a stream end', async () => {
    const shown = await podman.ok('events', '--stream=false', '--filter', 'type=image', '--filter', 'event=pull');
    assert.match(shown, /image pull [0-9a-f]{64} docker.io\/library\/busybox:latest/);
  });

  test('prune and rmi -a clear everything', async () => {
    await podman.ok('pull', '-q', 'quay.io/libpod/alpine');
    assert.match(await podman.ok('image', 'prune', '-a', '-f'), /^[0-9a-f]{64}$/m);
    assert.equal(await podman.ok('images', '-q'), '');
    await podman.ok('pull', '-q', 'busybox');
    assert.match(await podman.ok('rmi', '-a'), /^Deleted: [0-9a-f]{64}$/m);
    assert.match(await podman.ok('system', 'prune', '-a', '-f'), /Total reclaimed space: 0B/);
  });
});
