/** The unmodified docker CLI against the service. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Client, dockerClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';

suite('docker CLI', { timeout: 300_000 }, () => {
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

  test('pull tells of every layer and the digest', async () => {
    const shown = await docker.ok('pull', 'alpine');
    assert.match(shown, /latest: Pulling from (library\/)?alpine/);
    assert.match(shown, /[0-9a-f]{12}: Pull complete|Already exists/);
    assert.match(shown, /Digest: sha256:[0-9a-f]{64}/);
    assert.match(shown, /Status: Downloaded newer image for alpine:latest/);
  });

  test('run --rm gives output on both streams and the exit code, and leaves nothing', async () => {
    const outcome = await docker.run(['run', '--rm', 'busybox', 'sh', '-c', 'echo out; echo err >&2; exit 3']);
    assert.deepEqual(outcome, { code: 3, stdout: 'out\n', stderr: 'err\n' });
    assert.equal(await docker.ok('ps', '-aq'), '');
  });

  test('run pulls what is missing', async () => {
    const { stdout } = await docker.run(['run', '--rm', 'busybox:latest', 'echo', 'here']);
    assert.equal(stdout, 'here\n');
  });

  test('stdin goes in to its end and comes out whole', async () => {
    const input = 'line of input\n'.repeat(50_000);
    const { code, stdout } = await docker.run(['run', '--rm', '-i', 'busybox', 'cat'], input);
    assert.equal(code, 0);
    assert.equal(stdout.length, input.length);
    assert.equal(stdout, input);
  });

  test('a command that is not there is 127, one that is no program 126, a bad option 125', async () => {
    assert.equal((await docker.run(['run', '--rm', 'busybox', 'nope'])).code, 127);
    assert.equal((await docker.run(['run', '--rm', 'busybox', '/etc'])).code, 126);
    assert.equal((await docker.run(['run', '--rm', '--memory', '1k', 'busybox', 'true'])).code, 125);
    assert.equal(await docker.ok('ps', '-aq'), '');
  });

  test('run -it has a terminal of the client’s size and follows its resize', async () => {
    const { stdout } = await docker.onTerminal(
      ['run', '-it', '--rm', 'busybox', 'sh'],
      [
        { when: /# /, type: 'stty size; tty\r' },
        { when: /\/dev\/pts\/0/, type: 'exit\r' },
      ],
    );
    assert.match(stdout, /40 120/);
  });

  test('run -d -p answers a real HTTP request', async () => {
    const script = 'echo hello from inside > /tmp/index.html; exec httpd -f -p 80 -h /tmp';
    await docker.ok('run', '-d', '--name', 'web', '-p', '127.0.0.1::80', 'busybox', 'sh', '-c', script);
    const address = await docker.ok('port', 'web', '80/tcp');
    assert.match(address, /^127\.0\.0\.1:\d+$/);
    const body = await retried(async () => (await fetch(`http://${address}/`)).text());
    assert.equal(body, 'hello from inside\n');
    await docker.ok('rm', '-f', 'web');
    await assert.rejects(fetch(`http://${address}/`));
  });

  test('logs -f shows what was and what comes, and ends with the container', async () => {
    await docker.ok(
      'run',
      '-d',
      '--name',
      'talker',
      'busybox',
      'sh',
      '-c',
      'for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done',
    );
    assert.equal(await docker.ok('logs', '-f', 'talker'), 'line 1\nline 2\nline 3\nline 4\nline 5');
    assert.equal(await docker.ok('logs', '--tail', '2', 'talker'), 'line 4\nline 5');
    assert.match(
      await docker.ok('logs', '-t', '--tail', '1', 'talker'),
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line 5$/,
    );
    await docker.ok('rm', 'talker');
  });

  test('exec gives output, exit code, stdin and a terminal', async () => {
    await docker.ok('run', '-d', '--name', 'box', '-e', 'FROM=container', 'busybox', 'sleep', '100');
    const outcome = await docker.run(
      ['exec', '-i', '-e', 'MORE=yes', '-w', '/tmp', 'box', 'sh', '-c', 'read x; echo $x $FROM $MORE $PWD; exit 9'],
      'in\n',
    );
    assert.deepEqual(outcome, { code: 9, stdout: 'in container yes /tmp\n', stderr: '' });
    assert.equal((await docker.run(['exec', 'box', 'nope'])).code, 127);
    const { stdout, code } = await docker.onTerminal(
      ['exec', '-it', 'box', 'sh'],
      [
        { when: /# /, type: 'stty size\r' },
        { when: /\d+ \d+\r?\n/, type: 'exit 4\r' },
      ],
    );
    assert.match(stdout, /40 120/);
    assert.equal(code, 4);
    await docker.ok('rm', '-f', 'box');
  });

  test('the detach keys leave the container running, and attach comes back to it', async () => {
    const first = await docker.onTerminal(
      ['run', '-it', '--name', 'tty', 'busybox', 'sh'],
      [
        { when: /# /, type: 'echo one-$((40+2))\r' },
        { when: /one-42/, type: '\x10\x11' },
      ],
    );
    assert.equal(first.code, 0);
    assert.equal(await docker.ok('inspect', '-f', '{{.State.Running}}', 'tty'), 'true');
    const second = await docker.onTerminal(
      ['attach', 'tty'],
      [
        { when: /# /, type: 'echo two-$((40+2))\r' },
        { when: /two-42/, type: 'exit 7\r' },
      ],
    );
    assert.equal(second.code, 7);
    await docker.ok('rm', 'tty');
  });

  test('stop, kill and wait agree about the exit code', async () => {
    const trap = 'trap "exit 5" TERM; trap "exit 6" USR1; while :; do sleep 0.1; done';
    await docker.ok('run', '-d', '--name', 'a', 'busybox', 'sh', '-c', trap);
    await docker.ok('run', '-d', '--name', 'b', 'busybox', 'sh', '-c', trap);
    await docker.ok('run', '-d', '--name', 'c', 'busybox', 'sleep', '100');
    const waiting = docker.ok('wait', 'a', 'b', 'c');
    await docker.ok('stop', 'a');
    await docker.ok('kill', '-s', 'USR1', 'b');
    await docker.ok('stop', '-t', '0', 'c');
    assert.equal(await waiting, '5\n6\n137');
    await docker.ok('rm', 'a', 'b', 'c');
  });

  test('ps filters, formats and tells ports and states', async () => {
    await docker.ok('run', '-d', '--name', 'f1', '--label', 'group=x', 'busybox', 'sleep', '100');
    await docker.ok('create', '--name', 'f2', '--label', 'group=x', 'busybox', 'true');
    await docker.ok('run', '--name', 'f3', 'busybox', 'sh', '-c', 'exit 2').catch(() => {});
    const names = async (...filters: string[]) =>
      (await docker.ok('ps', '-a', '--format', '{{.Names}}', ...filters.flatMap((filter) => ['--filter', filter])))
        .split('\n')
        .sort()
        .join(' ');
    assert.equal(await names('label=group=x'), 'f1 f2');
    assert.equal(await names('status=created'), 'f2');
    assert.equal(await names('exited=2'), 'f3');
    assert.equal(await names('name=f[13]'), 'f1 f3');
    assert.equal(await names('ancestor=busybox', 'status=running'), 'f1');
    assert.match((await docker.run(['ps', '--filter', 'nope=1'])).stderr, /invalid filter 'nope'/);
    await docker.ok('rm', '-f', 'f1', 'f2', 'f3');
  });

  test('top, stats and inspect see the processes', async () => {
    await docker.ok('run', '-d', '--name', 'busy', '-m', '64m', 'busybox', 'sleep', '1234');
    assert.match(await docker.ok('top', 'busy'), /UID +PID +PPID.*\n.*sleep 1234/);
    assert.match(await docker.ok('top', 'busy', '-o', 'pid,comm'), /PID +COMMAND\n\d+ +sleep/);
    assert.match(
      await docker.ok('stats', '--no-stream', '--format', '{{.Name}} {{.MemUsage}} {{.PIDs}}', 'busy'),
      /^busy .+ \/ 64MiB 1$/,
    );
    assert.equal(
      await docker.ok('inspect', '-f', '{{.HostConfig.Memory}} {{.State.Status}} {{.Name}}', 'busy'),
      '67108864 running /busy',
    );
    await docker.ok('rm', '-f', 'busy');
  });

  test('pause stops time for a container, unpause lets it go on', async () => {
    await docker.ok('run', '-d', '--name', 'frozen', 'busybox', 'sleep', '100');
    await docker.ok('pause', 'frozen');
    assert.equal(await docker.ok('inspect', '-f', '{{.State.Status}}', 'frozen'), 'paused');
    assert.notEqual((await docker.run(['exec', 'frozen', 'true'])).code, 0);
    await docker.ok('unpause', 'frozen');
    await docker.ok('exec', 'frozen', 'true');
    await docker.ok('rm', '-f', 'frozen');
  });

  test('rename, restart and prune', async () => {
    await docker.ok('run', '-d', '--name', 'old', 'busybox', 'sleep', '100');
    await docker.ok('rename', 'old', 'new');
    const before = await docker.ok('inspect', '-f', '{{.State.Pid}}', 'new');
    await docker.ok('restart', '-t', '0', 'new');
    assert.notEqual(await docker.ok('inspect', '-f', '{{.State.Pid}}', 'new'), before);
    await docker.ok('kill', 'new');
    await docker.ok('wait', 'new');
    assert.match(await docker.ok('container', 'prune', '-f'), /Deleted Containers:\n[0-9a-f]{64}/);
    assert.equal(await docker.ok('ps', '-aq'), '');
  });

  test('a name in use, a missing container and a missing image are told as docker tells them', async () => {
    await docker.ok('create', '--name', 'taken', 'busybox');
    assert.match(
      (await docker.run(['create', '--name', 'taken', 'busybox'])).stderr,
      /Conflict\. The container name "\/taken" is already in use/,
    );
    assert.match((await docker.run(['start', 'missing'])).stderr, /No such container: missing/);
    assert.match((await docker.run(['run', '--rm', 'busybox:no-such-tag'])).stderr, /not found: manifest unknown/);
    await docker.ok('rm', 'taken');
  });

  test('a port that is taken refuses the start and leaves nothing', async () => {
    await docker.ok('run', '-d', '--name', 'first', '-p', '127.0.0.1:0:80', 'busybox', 'sleep', '100');
    const address = await docker.ok('port', 'first', '80/tcp');
    const { code, stderr } = await docker.run([
      'run',
      '-d',
      '--name',
      'second',
      '-p',
      `${address}:80`,
      'busybox',
      'sleep',
      '100',
    ]);
    assert.equal(code, 125);
    assert.match(stderr, /port is already allocated/);
    assert.equal(
      await docker.ok('inspect', '-f', '{{.State.Status}} {{.NetworkSettings.IPAddress}}', 'second'),
      'created',
    );
    await docker.ok('rm', '-f', 'first', 'second');
  });

  test('events tell the life of a container in order', async () => {
    const started = Math.floor(Date.now() / 1000);
    await docker.ok('run', '--rm', '--name', 'lived', 'busybox', 'true');
    const shown = await retried(async () => {
      const events = await docker.ok(
        'events',
        '--since',
        String(started),
        '--until',
        String(Math.ceil(Date.now() / 1000)),
        '--filter',
        'container=lived',
        '--format',
        '{{.Action}}',
      );
      assert.match(events, /destroy/);
      return events;
    });
    assert.deepEqual(
      shown.split('\n').filter((action) => ['create', 'attach', 'start', 'die', 'destroy'].includes(action)),
      ['create', 'attach', 'start', 'die', 'destroy'],
    );
  });

  test('a silent events stream answers at once and shows what comes', async () => {
    const events = docker.start('events', '--format', '{{.Action}} {{.Actor.Attributes.name}}');
    const line = once(events.stdout, 'data');
    await service.request('GET', '/_ping');
    await docker.ok('create', '--name', 'seen', 'busybox');
    assert.match(String((await line)[0]), /create seen/);
    events.kill('SIGINT');
    await once(events, 'close');
    await docker.ok('rm', 'seen');
  });
});

/** Until it succeeds, or for five seconds. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let left = 50; ; left--) {
    try {
      return await work();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
