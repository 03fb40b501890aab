/** Images on the move with unmodified clients: save, load, import, export, commit, diff and push. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, dockerClient, podmanClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { program } from './support/programs.ts';
import { LOGIN, startRegistry, type TestRegistry } from './support/registry.ts';
import { type Service, startService } from './support/service.ts';
import { TemporaryDirectory } from './support/temporary.ts';

const CHANGES = 'echo new > /new; rm /etc/os-release; mkdir /made; echo more >> /etc/passwd';
const DIFF = ['A /made', 'A /new', 'C /etc', 'C /etc/passwd', 'D /etc/os-release'];

suite('images on the move', { timeout: 120_000 }, () => {
  let source: ImageSource;
  let registry: TestRegistry;
  let service: Service;
  let other: Service;
  let docker: Client;
  let podman: Client;
  const directory = new TemporaryDirectory('selkie-moved-');
  const file = (name: string) => join(directory.path, name);

  before(async () => {
    [source, registry] = await Promise.all([startImageSource(), startRegistry({ login: true })]);
    [service, other] = await Promise.all([startService({ args: source.args }), startService()]);
    docker = dockerClient(service.url, file('docker'));
    podman = podmanClient(service.url);
    await docker.ok('pull', '-q', 'busybox');
    await docker.run(['login', '-u', LOGIN.username, '--password-stdin', registry.host], LOGIN.password);
  });
  after(async () => {
    await Promise.all([service[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
    await Promise.all([source[Symbol.asyncDispose](), registry[Symbol.asyncDispose]()]);
    directory[Symbol.dispose]();
  });

  const idOf = (name: string) => docker.ok('inspect', '--type', 'image', '--format', '{{.Id}}', name);
  const digestIn = (image: string, ...options: readonly string[]): string =>
    JSON.parse(
      execFileSync(program('skopeo'), ['inspect', ...options, image], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ).Digest;

  test('docker save and load: the same image arrives at another service', async () => {
    await docker.ok('save', '-o', file('docker.tar'), 'busybox');
    const there = dockerClient(other.url, file('docker'));
    assert.match(await there.ok('load', '-i', file('docker.tar')), /Loaded image: busybox:latest/);
    assert.equal(await there.ok('images', '-q', '--no-trunc'), await idOf('busybox'));
    assert.equal(await there.ok('run', '--rm', 'busybox', 'echo', 'loaded'), 'loaded');
    await there.ok('rmi', 'busybox');
  });

  test('podman save and load: docker-archive, oci-archive with its digest, several images', async () => {
    const there = podmanClient(other.url);
    await docker.ok('tag', 'busybox', 'example.com/two:2');
    for (const format of ['docker-archive', 'oci-archive']) {
      await podman.ok('save', '-q', '--format', format, '-o', file(format), 'docker.io/library/busybox');
      const loaded = await there.ok('load', '-q', '-i', file(format));
      assert.match(loaded, /Loaded image: docker\.io\/library\/busybox:latest/);
      await there.ok('rmi', 'busybox');
    }
    const digest = await podman.ok('image', 'inspect', '--format', '{{.Digest}}', 'busybox');
    assert.equal(digestIn(`oci-archive:${file('oci-archive')}`), digest);
    await podman.ok('save', '-q', '-m', '-o', file('several'), 'busybox', 'example.com/two:2');
    assert.match(await there.ok('load', '-q', '-i', file('several')), /example\.com\/two:2/);
    await there.ok('rmi', '-a', '-f');
  });

  test('podman save --format oci-dir and docker-dir write directories that skopeo reads', async () => {
    await podman.ok('save', '-q', '--format', 'oci-dir', '-o', file('oci-dir'), 'busybox');
    await podman.ok('save', '-q', '--format', 'docker-dir', '-o', file('docker-dir'), 'busybox');
    assert.match(digestIn(`oci:${file('oci-dir')}`), /^sha256:/);
    assert.match(digestIn(`dir:${file('docker-dir')}`), /^sha256:/);
  });

  test('docker diff, commit, export and import', async () => {
    await docker.ok('run', '--name', 'changed', 'busybox', 'sh', '-c', CHANGES);
    assert.deepEqual((await docker.ok('diff', 'changed')).split('\n').sort(), DIFF);
    const change = ['-c', 'ENV A=b', '-c', 'CMD ["cat", "/new"]'];
    await docker.ok('commit', '-a', 'me', '-m', 'why', ...change, 'changed', 'committed:1');
    assert.equal(await docker.ok('run', '--rm', 'committed:1'), 'new');
    assert.match(await docker.ok('run', '--rm', 'committed:1', 'ls', '/etc', '/made'), /^(?!.*os-release)/s);
    assert.equal(
      await docker.ok('inspect', '--format', '{{.Author}} {{.Comment}} {{.Config.Env}}', 'committed:1'),
      'me why [PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin A=b]',
    );
    await docker.ok('export', '-o', file('root.tar'), 'changed');
    const id = await docker.ok('import', '-c', 'CMD cat /new', file('root.tar'), 'imported:1');
    assert.equal(await idOf('imported:1'), id);
    assert.equal(await docker.ok('run', '--rm', 'imported:1'), 'new');
    await docker.ok('rm', 'changed');
  });

  test('commit of a running container pauses it and lets it go on', async () => {
    await docker.ok('run', '-d', '--name', 'running', 'busybox', 'sleep', '100');
    await docker.ok('commit', 'running', 'paused:1');
    assert.equal(await docker.ok('inspect', '--format', '{{.State.Status}}', 'running'), 'running');
    await docker.ok('rm', '-f', 'running');
  });

  test('podman diff, commit, squashed commit, export and import', async () => {
    await podman.ok('run', '--name', 'pchanged', 'busybox', 'sh', '-c', CHANGES);
    assert.deepEqual((await podman.ok('diff', 'pchanged')).split('\n').sort(), DIFF);
    await podman.ok('commit', '-q', '--change', 'CMD=cat /new', 'pchanged', 'pcommitted');
    assert.equal(await podman.ok('run', '--rm', 'localhost/pcommitted'), 'new');
    assert.deepEqual((await podman.ok('image', 'diff', 'pcommitted')).split('\n').sort(), DIFF);
    await podman.ok('commit', '-q', '-s', '-f', 'docker', 'pchanged', 'squashed');
    assert.equal(await podman.ok('image', 'inspect', '--format', '{{len .RootFS.Layers}}', 'squashed'), '1');
    await podman.ok('export', '-o', file('proot.tar'), 'pchanged');
    await podman.ok('import', '-q', '--change', 'CMD cat /new', file('proot.tar'), 'pimported');
    assert.equal(await podman.ok('run', '--rm', 'pimported'), 'new');
    await podman.ok('rm', 'pchanged');
  });

  test('docker push to a registry with a login keeps the digest, skips and mounts', async () => {
    const name = `${registry.host}/docker/busybox:1`;
    await docker.ok('tag', 'busybox', name);
    const pushed = await docker.ok('push', name);
    assert.match(pushed, /Pushed/);
    const digest = await podman.ok('image', 'inspect', '--format', '{{.Digest}}', 'busybox');
    assert.match(pushed, new RegExp(`1: digest: ${digest} size: \\d+`));
    const login = [`--creds=${LOGIN.username}:${LOGIN.password}`, '--tls-verify=false'];
    assert.equal(digestIn(`docker://${name}`, ...login), digest);
    assert.match(await docker.ok('push', name), /Layer already exists/);
    await docker.ok('tag', 'busybox', `${registry.host}/elsewhere:1`);
    assert.match(await docker.ok('push', `${registry.host}/elsewhere:1`), /Mounted from docker\/busybox/);
    await docker.ok('rmi', name);
    await docker.ok('pull', '-q', name);
  });

  test('docker push without a login is refused in the registry’s words', async () => {
    const stranger = dockerClient(service.url, file('nobody'));
    await docker.ok('tag', 'busybox', `${registry.host}/denied:1`);
    const { code, stderr } = await stranger.run(['push', `${registry.host}/denied:1`]);
    assert.equal(code, 1);
    assert.match(stderr, /unauthorized: authentication required/);
  });

  test('podman push to where it says, in the format it says', async () => {
    const name = `${registry.host}/podman/busybox:1`;
    const login = [`--creds=${LOGIN.username}:${LOGIN.password}`, '--tls-verify=false'];
    await podman.ok('push', '-q', ...login, '--digestfile', file('digest'), 'busybox', name);
    await podman.ok('push', ...login, '--format', 'v2s2', 'busybox', `docker://${name}-v2s2`);
    const raw = execFileSync(program('skopeo'), ['inspect', '--raw', ...login, `docker://${name}-v2s2`], {
      encoding: 'utf8',
    });
    assert.equal(JSON.parse(raw).mediaType, 'application/vnd.docker.distribution.manifest.v2+json');
    const { code, stderr } = await podman.run(['push', '--tls-verify=false', '--creds=x:y', 'busybox', name]);
    assert.notEqual(code, 0);
    assert.match(stderr, /unauthorized/);
  });

  test('a service killed while it loads has nothing of the archive afterwards', async () => {
    const before = await docker.ok('images', '-aq', '--no-trunc');
    const loading = docker.start('load', '-q');
    loading.stdin.on('error', () => {});
    // An archive whose first member does not end: the service is in the middle of it.
    execFileSync('dd', ['if=/dev/zero', `of=${file('large')}`, 'bs=1M', 'count=8', 'status=none']);
    const archive = execFileSync('tar', ['-cf', '-', '-C', directory.path, 'large'], { maxBuffer: 2 ** 26 });
    await new Promise<void>((resolve) => void loading.stdin.write(archive.subarray(0, 5_000_000), () => resolve()));
    await service.kill();
    loading.kill();
    await service.start();
    assert.equal(await docker.ok('images', '-aq', '--no-trunc'), before);
    // Cleared soon after the service answers; never, and the suite's time is up.
    while (readdirSync(join(service.root, 'content/staging')).length > 0) await sleep(20);
  });
});
