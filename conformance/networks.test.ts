/** Networks by the unmodified clients of both groups. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Client, dockerClient, podmanClient } from './support/client.ts';
import { startImageSource } from './support/images.ts';
import { startService } from './support/service.ts';

suite('networks by their clients', { timeout: 180_000 }, () => {
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

  test('docker network create, ls, inspect, rm', async () => {
    const id = await docker.ok(
      'network',
      'create',
      '--subnet',
      '10.207.0.0/24',
      '--label',
      'a=b',
      '--internal',
      'made',
    );
    assert.equal(
      await docker.ok('network', 'ls', '--format', '{{.Name}} {{.Driver}} {{.Scope}}'),
      'bridge bridge local\nhost host local\nmade bridge local\nnone null local',
    );
    assert.equal(await docker.ok('network', 'ls', '--no-trunc', '-q', '-f', 'label=a=b'), id);
    const format = '{{.Internal}} {{.Labels.a}} {{(index .IPAM.Config 0).Subnet}} {{(index .IPAM.Config 0).Gateway}}';
    assert.equal(await docker.ok('network', 'inspect', 'made', '-f', format), 'true b 10.207.0.0/24 10.207.0.1');
    await fails(docker, /network with name made already exists/, 'network', 'create', 'made');
    await fails(docker, /Pool overlaps/, 'network', 'create', '--subnet', '10.207.0.0/16', 'overlapping');
    assert.equal(await docker.ok('network', 'rm', 'made'), 'made');
    await fails(docker, /network made not found/, 'network', 'rm', 'made');
    await fails(docker, /bridge is a pre-defined network/, 'network', 'rm', 'bridge');
  });

  test('docker containers find each other by name and alias, with the address asked for', async () => {
    await docker.ok('network', 'create', '--subnet', '10.208.0.0/24', 'talk');
    const web = ['--network', 'talk', '--ip', '10.208.0.50', '--network-alias', 'www'];
    await docker.ok('run', '-d', '--name', 'web', ...web, 'busybox', 'sleep', '1000');
    await docker.ok('run', '-d', '--name', 'other', 'busybox', 'sleep', '1000');
    for (const name of ['web', 'www']) {
      const found = await docker.ok('run', '--rm', '--network', 'talk', 'busybox', 'nslookup', name);
      assert.match(found, /Address: 10\.208\.0\.50/);
    }
    await docker.ok('network', 'connect', '--alias', 'joined', 'talk', 'other');
    assert.match(await docker.ok('exec', 'other', 'nslookup', 'www'), /Address: 10\.208\.0\.50/);
    assert.match(await docker.ok('exec', 'web', 'nslookup', 'joined'), /Address: 10\.208\.0\.\d+/);
    const members = await docker.ok('network', 'inspect', 'talk', '-f', '{{range .Containers}}{{.Name}} {{end}}');
    assert.deepEqual(members.trim().split(' ').sort(), ['other', 'web']);
    await fails(docker, /already exists in network talk/, 'network', 'connect', 'talk', 'other');
    await docker.ok('network', 'disconnect', 'talk', 'other');
    await fails(docker, /is not connected/, 'network', 'disconnect', 'talk', 'other');
    assert.notEqual((await docker.run(['exec', 'web', 'nslookup', 'joined'])).code, 0);
    await fails(docker, /has active endpoints/, 'network', 'rm', 'talk');
    await docker.ok('rm', '-f', 'web', 'other');
    assert.match(await docker.ok('network', 'prune', '-f'), /Deleted Networks:\ntalk/);
  });

  test('podman network create, ls, inspect, exists, rm', async () => {
    const options = [
      '--subnet',
      '10.209.0.0/24',
      '--gateway',
      '10.209.0.9',
      '--ip-range',
      '10.209.0.128/25',
      '-o',
      'mtu=1400',
    ];
    assert.equal(await podman.ok('network', 'create', ...options, '--label', 'a=b', 'made'), 'made');
    assert.equal(await podman.ok('network', 'ls', '--format', '{{.Name}} {{.Driver}}'), 'made bridge\npodman bridge');
    const format = '{{(index .Subnets 0).Gateway}} {{.Options.mtu}} {{.Labels.a}} {{.DNSEnabled}}';
    assert.equal(await podman.ok('network', 'inspect', 'made', '--format', format), '10.209.0.9 1400 b true');
    await podman.ok('network', 'exists', 'made');
    assert.equal((await podman.run(['network', 'exists', 'nothing'])).code, 1);
    await fails(podman, /network already exists/, 'network', 'create', 'made');
    assert.equal(await podman.ok('network', 'rm', 'made'), 'made');
    await fails(podman, /network not found/, 'network', 'rm', 'made');
    await fails(podman, /pre-defined/, 'network', 'rm', 'podman');
  });

  test('podman containers find each other by name and alias, and leave a network', async () => {
    await podman.ok('network', 'create', '--subnet', '10.210.0.0/24', 'talk');
    await podman.ok(
      'run',
      '-d',
      '--name',
      'web',
      '--network',
      'talk:ip=10.210.0.50,alias=www',
      'busybox',
      'sleep',
      '1000',
    );
    await podman.ok('run', '-d', '--name', 'other', 'busybox', 'sleep', '1000');
    await podman.ok('network', 'connect', '--alias', 'joined', '--ip', '10.210.0.60', 'talk', 'other');
    for (const name of ['web', 'www']) {
      assert.match(await podman.ok('exec', 'other', 'nslookup', name), /Address: 10\.210\.0\.50/);
    }
    assert.match(await podman.ok('exec', 'web', 'nslookup', 'joined'), /Address: 10\.210\.0\.60/);
    await podman.ok('network', 'disconnect', 'talk', 'other');
    assert.notEqual((await podman.run(['exec', 'web', 'nslookup', 'joined'])).code, 0);
    await fails(podman, /network is being used/, 'network', 'rm', 'talk');
    await podman.ok('network', 'rm', '-f', '-t', '0', 'talk');
    assert.equal(await podman.ok('ps', '-a', '--format', '{{.Names}}'), 'other');
    await podman.ok('rm', '-f', '-t', '0', 'other');
    await podman.ok('network', 'create', 'idle');
    assert.equal(await podman.ok('network', 'prune', '-f'), 'idle');
  });
});
