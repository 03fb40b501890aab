import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { Cli, until } from '../support/cli.ts';

suite('images, networks, volumes and the service from the command line', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;
  let cli: Cli;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    cli = new Cli(service.url);
    await cli.ok('pull', '-q', 'alpine');
  });
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
  });

  test('images are listed, tagged and removed', async () => {
    const id = await cli.ok('image', 'inspect', 'alpine', '--format', '{{.Id}}');
    assert.match(
      await cli.ok('images'),
      new RegExp(
        `^REPOSITORY +TAG +IMAGE ID +CREATED +SIZE\ndocker.io/library/alpine +latest +${id.slice(0, 12)} .* ago +[\\d.]+ MB$`,
      ),
    );
    await cli.ok('tag', 'alpine', 'mine:1', 'mine:2');
    const names = await cli.ok('images', '--format', '{{.Repository}}:{{.Tag}}');
    assert.deepEqual(names.split('\n').sort(), [
      'docker.io/library/alpine:latest',
      'localhost/mine:1',
      'localhost/mine:2',
    ]);
    assert.equal(await cli.ok('images', '-n', '--filter', 'reference=yours'), '');
    assert.equal(await cli.ok('images', '-q'), id.slice(0, 12));
    assert.equal(await cli.ok('rmi', 'mine:1', 'mine:2'), 'Untagged: localhost/mine:1\nUntagged: localhost/mine:2');
    assert.equal((await cli.run('rmi', 'nosuch')).code, 1);
    assert.equal((await cli.run('image', 'exists', 'alpine')).code, 0);
    assert.equal((await cli.run('image', 'exists', 'nosuch')).code, 1);
  });

  test('inspect finds things of every kind, and prints those there are', async () => {
    await cli.ok('create', '--name', 'it', '-l', 'a=b', 'alpine', 'true');
    const { code, stdout, stderr } = await cli.run('inspect', 'it', 'nosuch', 'alpine', 'podman');
    assert.deepEqual([code, stderr], [125, 'Error: no such object: "nosuch"\n']);
    const found: unknown[] = JSON.parse(stdout);
    assert.equal(found.length, 3);
    const labels = '{{range $key, $value := .Config.Labels}}{{$key}}={{$value}}{{end}} {{json .Path}}';
    assert.equal(await cli.ok('container', 'inspect', '--format', labels, 'it'), 'a=b "true"');
    assert.equal(
      (await cli.run('inspect', '--format', '{{.Nope}}', 'it')).stderr,
      "Error: template: can't evaluate field Nope\n",
    );
    assert.match(
      await cli.ok('inspect', '--type', 'image', '-f', '{{.RepoTags}}', 'alpine'),
      /^\[docker.io\/library\/alpine:latest\]$/,
    );
    await cli.ok('rm', 'it');
  });

  test('lists take filters and formats', async () => {
    for (const name of ['one', 'two']) await cli.ok('create', '--name', name, '-l', `of=${name}`, 'alpine', 'true');
    assert.equal(
      await cli.ok('ps', '-a', '--filter', 'label=of=one', '--format', '{{.Names}} {{.Label "of"}} {{.State}}'),
      'one one created',
    );
    assert.equal(
      await cli.ok('ps', '-a', '--sort', 'names', '--format', 'table {{.Names}}\t{{.Status}}'),
      'NAMES       STATUS\none         Created\ntwo         Created',
    );
    assert.equal(
      await cli.ok('container', 'ls', '-a', '--noheading', '--sort=names', '--format', 'table {{.Names}}'),
      'one\ntwo',
    );
    const listed: unknown = JSON.parse(await cli.ok('ps', '-a', '--format', 'json'));
    assert(Array.isArray(listed) && listed.length === 2);
    assert.match((await cli.run('ps', '--sort', 'colour')).stderr, /invalid --sort: colour/);
    assert.match((await cli.run('ps', '--filter', 'colour=red')).stderr, /colour/);
    await cli.ok('rm', '-a');
  });

  test('networks are created, used and removed', async () => {
    const subnet = ['--subnet', '10.197.3.0/24', '--gateway', '10.197.3.9', '--ip-range', '10.197.3.128/25'];
    assert.equal(await cli.ok('network', 'create', ...subnet, '--label', 'a=b', 'inner'), 'inner');
    assert.equal((await cli.run('network', 'create', 'inner')).code, 125);
    assert.equal(await cli.ok('network', 'create', '--ignore', 'inner'), 'inner');
    assert.match(
      await cli.ok('network', 'ls'),
      /^NETWORK ID +NAME +DRIVER\n[0-9a-f]{12} +inner +bridge\n[0-9a-f]{12} +podman +bridge$/,
    );
    assert.equal(await cli.ok('network', 'inspect', '-f', '{{(index .Subnets 0).Gateway}}', 'inner'), '10.197.3.9');
    const addresses = await cli.ok(
      'run',
      '--rm',
      '--network',
      'inner:ip=10.197.3.200',
      'alpine',
      'ip',
      '-4',
      'addr',
      'show',
      'eth0',
    );
    assert.match(addresses, /inet 10\.197\.3\.200\/24/);
    assert.equal((await cli.run('network', 'exists', 'inner')).code, 0);
    assert.equal(await cli.ok('network', 'rm', 'inner'), 'inner');
    assert.equal((await cli.run('network', 'rm', 'inner')).code, 1);
  });

  test('volumes are created, mounted and removed', async () => {
    assert.equal(await cli.ok('volume', 'create', '--label', 'a=b', 'kept'), 'kept');
    await cli.ok('run', '--rm', '-v', 'kept:/data', 'alpine', 'sh', '-c', 'echo written > /data/file');
    assert.equal(await cli.ok('run', '--rm', '-v', 'kept:/data:ro', 'alpine', 'cat', '/data/file'), 'written');
    assert.match(await cli.ok('volume', 'ls'), /^DRIVER +VOLUME NAME\nlocal +kept$/);
    assert.equal(await cli.ok('volume', 'inspect', '-f', '{{.Labels.a}}', 'kept'), 'b');
    assert.equal(await cli.ok('volume', 'rm', 'kept'), 'kept');
    assert.equal((await cli.run('volume', 'exists', 'kept')).code, 1);
  });

  test('limits asked for reach the container', async () => {
    const script =
      'ulimit -n; cat /proc/self/oom_score_adj; hostname; id -u; pwd; touch /x 2>/dev/null || echo read-only';
    const options = [
      '--ulimit',
      'nofile=100:200',
      '--oom-score-adj',
      '77',
      '-h',
      'box',
      '-u',
      '2',
      '-w',
      '/tmp',
      '--read-only',
    ];
    assert.equal(
      await cli.ok('run', '--rm', ...options, 'alpine', 'sh', '-c', script),
      '100\n77\nbox\n2\n/tmp\nread-only',
    );
  });

  test('info and version tell of the service', async () => {
    assert.match(await cli.ok('info'), /^host:\n {2}arch: \w+\n/);
    assert.equal(await cli.ok('info', '--format', '{{.Host.OS}}'), 'linux');
    assert.match(await cli.ok('version'), /^Client: +Selkie\nVersion: .*\n\nServer: .*API version: +5\./s);
    assert.match(await cli.ok('version', '--client'), /^selkie version \d/);
    assert.equal(await cli.ok('--version'), await cli.ok('version', '--client'));
  });

  test('help names what there is', async () => {
    assert.match(await cli.ok('--help'), /^ {2}run +Run a command in a new container$/m);
    assert.match(await cli.ok('run', '--help'), /Usage:\n {2}selkie run \[OPTIONS\] IMAGE.*-e, --env NAME\[=VALUE\]/s);
    assert.equal(await cli.ok('help', 'run'), await cli.ok('run', '--help'));
    assert.match(await cli.ok('network'), /^ {2}create +Create a network$/m);
  });

  test('mistakes are told on stderr with exit code 125', async () => {
    const told = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await cli.run(...args);
      assert.deepEqual([code, stdout], [125, '']);
      return stderr;
    };
    assert.equal(await told('rnu'), 'Error: unrecognized command: selkie rnu\nDid you mean selkie run?\n');
    assert.equal(await told('run'), 'Error: selkie run takes at least 1 argument, 0 given\nSee selkie run --help\n');
    assert.equal(await told('ps', '--al'), 'Error: unknown flag: --al\nDid you mean --all?\n');
    assert.match(
      await told('--url', 'unix:///nowhere/s', 'ps'),
      /^Error: cannot connect to unix:\/\/\/nowhere\/s: there is no such socket/,
    );
    assert.match(await told('--url', 'nonsense', 'ps'), /must begin with unix/);
    assert.match(await told('stop'), /needs the name or ID of a container/);
  });
});

test('system service becomes the service', { timeout: 60_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-service-'));
  const url = `unix://${directory}/s`;
  const program = fileURLToPath(new URL('../../bin/selkie', import.meta.url));
  const child = spawn(
    program,
    ['system', 'service', '--root', `${directory}/root`, '--runroot', `${directory}/run`, url],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let shown = '';
  child.stdout.on('data', (data) => {
    shown += data;
  });
  await until(
    child,
    () => shown.includes(`Listening on ${url}`),
    () => 'it ended',
  );
  assert.equal(await new Cli(url).ok('ps', '-aq'), '');
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
  rmSync(directory, { recursive: true });
});
