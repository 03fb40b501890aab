/** The unmodified docker CLI on images and the service itself. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Client, dockerClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';

suite('docker CLI, images and system', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;
  let docker: Client;
  const config = mkdtempSync(join(tmpdir(), 'selkie-docker-config-'));

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    docker = dockerClient(service.url, config);
    await docker.ok('pull', '-q', 'busybox');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
    rmSync(config, { recursive: true });
  });

  test('images, tag, history, inspect and rmi agree about an image', async () => {
    const id = await docker.ok('image', 'inspect', 'busybox', '--format', '{{.Id}}');
    assert.match(id, /^sha256:[0-9a-f]{64}$/);
    assert.equal(await docker.ok('images', '-q', '--no-trunc'), id);
    assert.equal(await docker.ok('image', 'inspect', 'busybox', '--format', '{{.Config.Labels.flavour}}'), 'busybox');
    await docker.ok('tag', 'busybox', 'local/copy:1');
    const shown = await docker.ok('images', '--format', '{{.Repository}}:{{.Tag}}');
    assert.deepEqual(shown.split('\n').sort(), ['busybox:latest', 'local/copy:1']);
    assert.match(await docker.ok('images', '--digests'), /sha256:[0-9a-f]{64}/);
    assert.match(await docker.ok('images', '--tree'), /linux\/amd64/);
    assert.equal(await docker.ok('history', '-q', '--no-trunc', 'busybox'), id);
    assert.equal(await docker.ok('rmi', 'local/copy:1'), 'Untagged: local/copy:1');
    const missing = await docker.run(['image', 'inspect', 'local/copy:1']);
    assert.equal(missing.code, 1);
    assert.match(missing.stderr, /No such image: local\/copy:1/);
  });

  test('an image in use is refused as docker refuses it', async () => {
    await docker.ok('create', '--name', 'user', 'busybox');
    const refused = await docker.run(['rmi', 'busybox']);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /conflict: unable to remove repository reference "busybox:latest" \(must force\)/);
    await docker.ok('rm', 'user');
  });

  test('image prune takes what is dangling, and with -a all that nothing uses', async () => {
    await docker.ok('pull', '-q', 'alpine');
    assert.match(await docker.ok('image', 'prune', '-f'), /Total reclaimed space: 0B/);
    assert.match(await docker.ok('image', 'prune', '-a', '-f'), /untagged: alpine:latest/);
    await docker.ok('pull', '-q', 'busybox');
  });

  test('a manifest of another platform, a tag and a name that are not there', async () => {
    const pull = async (...args: string[]) => (await docker.run(['pull', ...args])).stderr;
    assert.match(await pull('busybox:nope'), /manifest for busybox:nope not found: manifest unknown/);
    assert.match(await pull('--platform', 'linux/arm64', 'busybox'), /does not match the specified platform/);
    assert.match(await pull('Busybox'), /must be lowercase/);
  });

  test('info and version describe the service', async () => {
    assert.equal(
      await docker.ok('info', '--format', '{{.Images}} {{.OSType}} {{.LiveRestoreEnabled}}'),
      '1 linux true',
    );
    assert.match(await docker.ok('info'), /Storage Driver: overlay2/);
    assert.match(await docker.ok('version', '--format', '{{.Server.APIVersion}}'), /^1\.\d+$/);
    assert.match(await docker.ok('version'), /Server: Selkie/);
  });

  test('system df measures images, containers and volumes', async () => {
    const script = 'head -c 2000 /dev/zero > /written; head -c 500 /dev/zero > /data/kept';
    await docker.ok('run', '--name', 'writer', '--network', 'none', '-v', '/data', 'busybox', 'sh', '-c', script);
    const shown = await docker.ok('system', 'df', '--format', '{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}}');
    assert.match(shown, /^Images 1 1 \d/m);
    assert.match(shown, /^Containers 1 0 2kB$/m);
    assert.match(shown, /^Local Volumes 1 1 500B$/m);
    assert.match(await docker.ok('system', 'df', '-v'), /writer/);
    await docker.ok('rm', '-v', 'writer');
  });

  test('events of a while ago, filtered and as JSON', async () => {
    await docker.ok('tag', 'busybox', 'seen');
    await docker.ok('rmi', 'seen');
    const range = ['--since', '10m', '--until', String(Date.now() / 1000)];
    const shown = await docker.ok('events', ...range, '--filter', 'type=image', '--filter', 'event=tag');
    assert.match(shown, /image tag sha256:[0-9a-f]{64} \(.*name=seen:latest\)/);
    const lines = await docker.ok('events', ...range, '--filter', 'event=untag', '--format', '{{.Action}}');
    assert.ok(lines.split('\n').every((line) => line === 'untag'));
  });

  test('login is tried on the registry', async () => {
    const login = await docker.run(['login', '-u', 'u', '--password-stdin', images.registry], 'secret');
    assert.match(login.stdout, /Login Succeeded/, login.stderr);
    const refused = await docker.run(['login', '-u', 'u', '--password-stdin', '127.0.0.1:1'], 'secret');
    assert.equal(refused.code, 1);
  });
});
