/** Podman's unmodified client against the service: containers and exec. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { type Client, podmanClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';

suite('podman --remote', { timeout: 90_000 }, () => {
  const held = new AsyncDisposableStack();
  let images: ImageSource;
  let service: Service;
  let podman: Client;

  before(async () => {
    images = held.use(await startImageSource());
    service = held.use(await startService({ args: images.args }));
    podman = podmanClient(service.url);
  });
  after(() => held.disposeAsync());

  const shell = (script: string) => ['busybox', 'sh', '-c', script] as const;
  const format = (name: string, template: string) => podman.ok('inspect', name, '--format', template);
  const discard = (...names: readonly string[]) => podman.ok('rm', '-f', '-t', '0', ...names);

  test('run pulls, gives output on both streams and the exit code, and leaves nothing', async () => {
    const outcome = await podman.run(['run', '--rm', '-q', ...shell('echo out; echo err >&2; exit 3')]);
    assert.deepEqual([outcome.code, outcome.stdout], [3, 'out\n']);
    assert.match(outcome.stderr, /err\n$/);
    assert.equal(await podman.ok('ps', '-aq'), '');
  });

  test('a command that is not there is 127, one that is no program 126, a bad request 125', async () => {
    const code = async (...args: readonly string[]) => (await podman.run(['run', '--rm', ...args])).code;
    assert.equal(await code('busybox', 'nope'), 127);
    assert.equal(await code('busybox', '/etc'), 126);
    assert.equal(await code('--memory', '1k', 'busybox', 'true'), 125);
    assert.equal(await code('-v', '/not/there:/x', 'busybox', 'true'), 125);
    assert.equal(await podman.ok('ps', '-aq'), '');
  });

  test('stdin goes in to its end and comes out whole', async () => {
    const input = 'line of input\n'.repeat(50_000);
    const { code, stdout } = await podman.run(['run', '--rm', '-i', 'busybox', 'cat'], input);
    assert.equal(code, 0);
    assert.ok(stdout === input, `${stdout.length} of ${input.length} bytes`);
  });

  test('run -it is a terminal of the client’s size', async () => {
    const { code, stdout } = await podman.onTerminal(
      ['run', '--rm', '-it', 'busybox', 'sh'],
      [
        { when: /# /, type: 'tty; echo size $(stty size)\n' },
        { when: /size 40 120/, type: 'exit 5\n' },
      ],
    );
    assert.match(stdout, /\/dev\/pts\/0/);
    assert.equal(code, 5);
  });

  test('a terminal is left by keys and taken up again', async () => {
    // Something to see, so that the keys are typed once the terminal is there.
    const ticking = shell('while :; do echo tick; sleep 0.1; done & exec sh');
    await podman.ok('run', '-dit', '--name', 'kept', ...ticking);
    const left = await podman.onTerminal(
      ['attach', 'kept'],
      [
        { when: /tick/, type: 'echo 1$((1+1))3\n' },
        { when: /123/, type: '\x10\x11' },
      ],
    );
    assert.match(left.stdout, /123/);
    assert.equal(await format('kept', '{{.State.Running}}'), 'true');
    await podman.onTerminal(['attach', 'kept'], [{ when: /tick/, type: 'exit 4\n' }]);
    assert.equal(await podman.ok('wait', 'kept'), '4');
    await discard('kept');
  });

  test('exec gives output, input, a terminal and exit codes', async () => {
    await podman.ok('run', '-d', '--name', 'host', 'busybox', 'sleep', '1000');
    const exec = (...args: readonly string[]) => podman.run(['exec', ...args]);
    const both = await exec(
      '-e',
      'A=b',
      '-w',
      '/tmp',
      '-u',
      '7:8',
      'host',
      'sh',
      '-c',
      'echo $A $(pwd) $(id -u); exit 9',
    );
    assert.deepEqual([both.code, both.stdout], [9, 'b /tmp 7\n']);
    assert.equal((await podman.run(['exec', '-i', 'host', 'cat'], 'typed\n')).stdout, 'typed\n');
    assert.equal((await exec('host', 'nope')).code, 127);
    assert.equal((await exec('host', '/etc')).code, 126);
    assert.equal((await exec('nobody', 'true')).code, 125);
    const terminal = await podman.onTerminal(
      ['exec', '-it', 'host', 'sh'],
      [
        { when: /# /, type: 'echo size $(stty size)\n' },
        { when: /size 40 120/, type: 'exit 6\n' },
      ],
    );
    assert.equal(terminal.code, 6);
    await podman.ok('exec', '-d', 'host', 'touch', '/made');
    await podman.ok('exec', 'host', 'sh', '-c', 'while ! test -e /made; do sleep 0.01; done');
    await discard('host');
  });

  test('a published port is reached', async () => {
    await podman.ok(
      'run',
      '-d',
      '--name',
      'web',
      '-p',
      '127.0.0.1::80',
      ...shell('echo hello > /index.html; httpd -f'),
    );
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(await podman.ok('port', 'web')) ?? [];
    assert.match(await podman.ok('ps', '--format', '{{.Ports}}'), new RegExp(`127.0.0.1:${port}->80/tcp`));
    let page = '';
    while (page === '') page = await fetched(`http://127.0.0.1:${port}/`);
    assert.equal(page, 'hello\n');
    await discard('web');
  });

  test('logs are read, cut and followed', async () => {
    await podman.ok(
      'run',
      '-d',
      '--name',
      'told',
      ...shell('echo one; echo two >&2; while ! test -e /go; do sleep 0.05; done; echo three'),
    );
    const follower = podman.start('logs', '-f', 'told');
    const followed = text(follower.stdout);
    await podman.ok('exec', 'told', 'touch', '/go');
    assert.equal(await podman.ok('wait', 'told'), '0');
    assert.equal(await followed, 'one\nthree\n');
    const { stdout, stderr } = await podman.run(['logs', 'told']);
    assert.deepEqual([stdout, stderr], ['one\nthree\n', 'two\n']);
    assert.equal(await podman.ok('logs', '--tail', '1', 'told'), 'three');
    assert.match(await podman.ok('logs', '-t', '--tail', '1', 'told'), /^\d{4}-\d\d-\d\dT\S+ three$/);
    assert.equal(await podman.ok('logs', '--until', '2001-01-01', 'told'), '');
    await discard('told');
  });

  test('stop, start, restart, kill, pause and wait', async () => {
    await podman.ok('run', '-d', '--name', 'driven', 'busybox', 'sleep', '1000');
    assert.equal(await podman.ok('stop', '-t', '0', 'driven'), 'driven');
    await podman.ok('stop', 'driven');
    await podman.ok('start', 'driven');
    await podman.ok('restart', '-t', '0', 'driven');
    await podman.ok('pause', 'driven');
    assert.match(await podman.ok('ps', '-a', '--format', '{{.Status}}'), /^Paused/);
    assert.notEqual((await podman.run(['exec', 'driven', 'true'])).code, 0);
    await podman.ok('unpause', 'driven');
    await podman.ok('kill', 'driven');
    assert.equal(await podman.ok('wait', 'driven'), '137');
    await podman.ok('rename', 'driven', 'renamed');
    assert.equal((await podman.run(['container', 'exists', 'driven'])).code, 1);
    assert.equal((await podman.run(['container', 'exists', 'renamed'])).code, 0);
    await podman.ok('rm', 'renamed');
    assert.notEqual((await podman.run(['rm', 'renamed'])).code, 0);
  });

  test('start -a gives the output and the code again, a container that removes itself can be waited for', async () => {
    await podman.run(['create', '--name', 'again', ...shell('echo here; exit 2')]);
    for (let turn = 0; turn < 2; turn++) {
      const { code, stdout } = await podman.run(['start', '-a', 'again']);
      assert.deepEqual([code, stdout], [2, 'here\n']);
    }
    await discard('again');
    const id = await podman.ok('run', '-d', '--rm', ...shell('sleep 0.2; exit 6'));
    assert.equal(await podman.ok('wait', id), '6');
  });

  test('ps filters, formats and sizes', async () => {
    await podman.ok('run', '-d', '--name', 'up', '--label', 'kind=a', 'busybox', 'sleep', '1000');
    await podman.run(['run', '--name', 'down', '--label', 'kind=b', ...shell('exit 1')]);
    const names = (...args: readonly string[]) => podman.ok('ps', '--format', '{{.Names}}', '--sort', 'names', ...args);
    assert.equal(await names(), 'up');
    assert.equal(await names('-a'), 'down\nup');
    assert.equal(await names('-n', '1'), 'down');
    assert.equal(await names('-a', '--filter', 'label=kind=a'), 'up');
    assert.equal(await names('-a', '--filter', 'exited=1'), 'down');
    assert.equal(await names('-a', '--filter', 'status=exited', '--filter', 'name=up'), '');
    assert.notEqual((await podman.run(['ps', '--filter', 'nonsense=1'])).code, 0);
    const line = await podman.ok(
      'ps',
      '-a',
      '--filter',
      'name=down',
      '--format',
      '{{.Image}} {{.Command}} {{.Status}}',
    );
    assert.match(line, /^docker\.io\/library\/busybox:latest sh -c exit 1 Exited \(1\) /);
    assert.match(await podman.ok('ps', '--size', '--format', '{{.Size}}'), /^\d.*B \(virtual .*B\)$/);
    assert.match(await podman.ok('ps', '--ns', '--format', '{{.PIDNS}} {{.NET}}'), /^\d+ \d+$/);
    await discard('up');
    assert.match(await podman.ok('container', 'prune', '-f', '--filter', 'label=kind=b'), /^[0-9a-f]{64}$/m);
    assert.equal(await podman.ok('ps', '-aq'), '');
  });

  test('top, stats and inspect tell of a running container', async () => {
    await podman.ok('run', '-d', '--name', 'seen', '--memory', '64m', 'busybox', 'sleep', '1000');
    while (!(await podman.ok('top', 'seen', 'args')).includes('sleep 1000'));
    assert.match(await podman.ok('top', 'seen'), /USER +PID .*\nroot +1 .*sleep 1000/);
    assert.match(await podman.ok('top', 'seen', 'pid', 'args'), /PID +COMMAND\n1 +sleep 1000/);
    assert.match(await podman.ok('top', 'seen', '-ef'), /UID +PID .*\n.*sleep 1000/);
    const template = '{{.Name}} {{.PIDs}} {{.MemUsage}}';
    assert.match(await podman.ok('stats', '--no-stream', '--format', template, 'seen'), /^seen 1 .* \/ 67\.11MB$/);
    assert.match(await podman.ok('stats', '--no-stream', '--no-reset', '-a', '--format', '{{.Name}}'), /seen/);
    assert.equal(
      await format('seen', '{{.State.Status}} {{.HostConfig.Memory}} {{.Config.Cmd}}'),
      'running 67108864 [sleep 1000]',
    );
    assert.equal(await podman.ok('update', '--memory', '32m', 'seen'), 'seen');
    await discard('seen');
  });

  test('events tell the life of a container', async () => {
    const since = String(Date.now() / 1000);
    await podman.ok('run', '--rm', '--name', 'lived', 'busybox', 'true');
    const args = [
      'events',
      '--stream=false',
      '--since',
      since,
      '--filter',
      'container=lived',
      '--format',
      '{{.Status}}',
    ];
    const seen = (await podman.ok(...args)).split('\n');
    for (const status of ['create', 'start', 'died', 'remove'])
      assert.ok(seen.includes(status), `${status} of ${seen}`);
  });

  test('what a container is created with is what it has', async () => {
    const flags = [
      ...['--cap-add', 'SYS_ADMIN', '--cap-drop', 'CHOWN', '--memory', '64m', '--cpus', '0.5', '--pids-limit', '50'],
      ...['-e', 'A=b', '--user', '1000:1000', '-w', '/tmp', '--hostname', 'named', '--add-host', 'db:10.1.2.3'],
      ...['--dns', '192.0.2.1', '--label', 'l=m', '--read-only', '--ulimit', 'nofile=100:200', '--umask', '0077'],
      ...[
        '--sysctl',
        'net.ipv4.ip_forward=1',
        '--tmpfs',
        '/t:size=1m',
        '-v',
        'data:/data',
        '-v',
        '/etc/hostname:/host:ro',
      ],
      ...[
        '--shm-size',
        '1m',
        '--security-opt',
        'no-new-privileges',
        '--group-add',
        '55',
        '--init',
        '--device',
        '/dev/null:/dev/nix',
      ],
    ];
    const script = [
      'echo $A $(id -u) $(pwd) $(hostname) $(ulimit -n) $(umask) $(cat /proc/sys/net/ipv4/ip_forward)',
      'grep -c db /etc/hosts; touch /x 2>&1; touch /t/y && echo scratch',
      'test -s /host && touch /host 2>&1; df -k /dev/shm | tail -1 | tr -s " " | cut -d " " -f 2',
      'grep NoNewPrivs /proc/self/status; id -G; test -c /dev/nix && test -d /data && echo there; cat /proc/1/comm',
    ].join('; ');
    const { code, stdout, stderr } = await podman.run(['run', '--rm', ...flags, ...shell(script)]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(stdout.trim().split('\n'), [
      'b 1000 /tmp named 100 0077 1',
      '1',
      'touch: /x: Read-only file system',
      'scratch',
      'touch: /host: Read-only file system',
      '1024',
      'NoNewPrivs:\t1',
      '1000 55',
      'there',
      'docker-init',
    ]);
  });

  test('networks: none, the host’s and another container’s', async () => {
    const links = async (...args: readonly string[]) =>
      (await podman.ok('run', '--rm', ...args, 'busybox', 'ls', '/sys/class/net')).split('\n');
    assert.deepEqual(await links('--network', 'none'), ['lo']);
    assert.ok((await links('--network', 'host')).length >= 1);
    await podman.ok('run', '-d', '--name', 'donor', '--hostname', 'shared', 'busybox', 'sleep', '1000');
    assert.deepEqual(await links('--network', 'container:donor'), ['eth0', 'lo']);
    await discard('donor');
  });

  test('a restart policy starts a container again', async () => {
    await podman.ok('run', '-d', '--name', 'again', '--restart', 'on-failure:2', ...shell('exit 1'));
    while ((await format('again', '{{.RestartCount}}')) !== '2');
    while ((await format('again', '{{.State.Status}}')) !== 'exited');
    await discard('again');
  });

  test('what the engine does not do is refused by name', async () => {
    for (const [flag, value] of [
      ['--pod', 'nobody'],
      ['--log-driver', 'syslog'],
      ['--userns', 'keep-id'],
    ] as const) {
      const { code, stderr } = await podman.run(['create', flag, value, 'busybox']);
      assert.equal(code, 125, `${flag}: ${stderr}`);
      assert.match(stderr, new RegExp(`${flag.slice(2, 5)}.* not supported|Error: .*${value}`), flag);
    }
    assert.equal(await podman.ok('ps', '-aq'), '');
  });
});

/** The page, empty while nobody answers. */
async function fetched(url: string): Promise<string> {
  const request = get(url, { agent: false });
  try {
    const [response] = await once(request, 'response');
    return await text(response);
  } catch {
    return '';
  }
}
