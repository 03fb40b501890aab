import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { Cli, until } from '../support/cli.ts';

suite('containers from the command line', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;
  let cli: Cli;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    cli = new Cli(service.url);
  });
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
  });

  test('pull shows its steps on stderr and the ID alone on stdout', async () => {
    const { code, stdout, stderr } = await cli.run('pull', 'alpine');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^[0-9a-f]{64}\n$/);
    assert.match(stderr, /^Trying to pull docker.io\/library\/alpine:latest\.\.\.\n.*Copying blob /s);
    assert.deepEqual((await cli.run('pull', '-q', 'alpine')).stderr, '');
    const absent = await cli.run('pull', 'alpine:absent');
    assert.deepEqual([absent.code, absent.stdout], [125, '']);
    assert.match(absent.stderr, /Error: .*manifest unknown/s);
  });

  test('pull on a terminal keeps a line per layer up to date', async () => {
    const terminal = cli.terminal('pull', 'busybox');
    assert.equal(await terminal.exit(), 0, terminal.shown);
    assert.match(terminal.shown, /Copying blob [0-9a-f]{12} {2}(pull complete|already exists)/);
  });

  test('run pulls what is missing, prints what the container writes and takes its exit code', async () => {
    const { code, stdout, stderr } = await cli.run(
      'run',
      '--rm',
      'quay.io/libpod/alpine',
      'sh',
      '-c',
      'echo out; echo err >&2; exit 3',
    );
    assert.deepEqual([code, stdout], [3, 'out\n']);
    assert.match(stderr, /Trying to pull quay.io\/libpod\/alpine:latest.*err\n$/s);
    assert.equal(await cli.ok('ps', '-aq'), '');
  });

  test('run -i hands on what it reads', async () => {
    const { code, stdout } = await cli.runWith('one\ntwo\n', 'run', '-i', '--rm', 'alpine', 'wc', '-l');
    assert.deepEqual([code, stdout.trim()], [0, '2']);
  });

  test('a megabyte goes through and back unharmed', async () => {
    const input = 'x'.repeat(1_000_000);
    const { stdout } = await cli.runWith(input, 'run', '-i', '--rm', 'alpine', 'cat');
    assert.equal(stdout === input, true, `${stdout.length} bytes came back`);
  });

  test('what cannot be run has the exit codes of a shell', async () => {
    const codes = async (...args: readonly string[]) => {
      const { code, stderr } = await cli.run('run', '--rm', ...args);
      assert.match(stderr, /^Error: /m);
      return code;
    };
    assert.equal(await codes('alpine', 'nosuch'), 127);
    assert.equal(await codes('alpine', '/etc'), 126);
    assert.equal(await codes('--pull=never', 'nosuchimage'), 125);
    assert.equal(await codes('--memory', 'much', 'alpine'), 125);
    assert.equal(await codes('--nosuch', 'alpine'), 125);
    assert.equal(await cli.ok('ps', '-aq'), '');
  });

  test('run -it is a terminal that knows its size and later ones', async () => {
    const terminal = cli.terminal('run', '-it', '--rm', 'alpine', 'sh');
    await terminal.until(/# /);
    terminal.type('stty size; tty\r');
    await terminal.until(/30 100\r\n\/dev\/pts\/0\r\n/);
    terminal.grow();
    terminal.type('while [ "$(stty size)" != "40 120" ]; do sleep 0.05; done; exit 7\r');
    assert.equal(await terminal.exit(), 7, terminal.shown);
    assert.doesNotMatch(terminal.shown, /\r\r\n/);
  });

  test('Ctrl-C on a terminal reaches the process in the container', async () => {
    const terminal = cli.terminal(
      'run',
      '-it',
      '--rm',
      'alpine',
      'sh',
      '-c',
      'trap "exit 9" INT; echo ready; while :; do sleep 0.05; done',
    );
    await terminal.until(/ready/);
    terminal.type('\x03');
    assert.equal(await terminal.exit(), 9);
  });

  test('detach keys leave the container running, attach comes back to it', async () => {
    const terminal = cli.terminal('run', '-it', '--name', 'left', 'alpine', 'sh');
    await terminal.until(/# /);
    terminal.type('x=kept\r');
    terminal.type('\x10\x11');
    assert.equal(await terminal.exit(), 0);
    assert.equal(await cli.ok('inspect', 'left', '--format', '{{.State.Status}}'), 'running');
    const again = cli.terminal('attach', '--detach-keys=ctrl-a,d', 'left');
    again.type('echo $x-$x\r');
    await again.until(/kept-kept/);
    again.type('exit 4\r');
    assert.equal(await again.exit(), 4);
    assert.match((await cli.run('attach', 'left')).stderr, /only a running container/);
    assert.equal(await cli.ok('rm', 'left'), 'left');
  });

  test('signals are passed on to the container', async () => {
    const child = cli.spawn(
      'run',
      '--rm',
      'alpine',
      'sh',
      '-c',
      'trap "exit 6" TERM; echo ready; while :; do sleep 0.05; done',
    );
    let shown = '';
    child.stdout.on('data', (data) => {
      shown += data;
    });
    await until(
      child,
      () => shown.includes('ready'),
      () => 'it did not start',
    );
    child.kill('SIGTERM');
    assert.deepEqual(await once(child, 'exit'), [6, null]);
  });

  test('run -d publishes a port, port tells where', async () => {
    const id = await cli.ok('run', '-d', '--name', 'web', '-p', '127.0.0.1::80', 'quay.io/libpod/alpine_nginx');
    assert.match(id, /^[0-9a-f]{64}$/);
    const [, address = ''] = /^80\/tcp -> (127\.0\.0\.1:\d+)$/.exec(await cli.ok('port', 'web')) ?? [];
    assert.equal(await cli.ok('port', 'web', '80'), address);
    assert.equal(await (await fetch(`http://${address}/`)).text(), 'hello\n');
    assert.match(await cli.ok('ps'), new RegExp(`^${id.slice(0, 12)} .* Up .*  ${address}->80/tcp  web$`, 'm'));
    assert.match(await cli.ok('top', 'web'), /^USER +PID .*COMMAND\nroot .*httpd/);
    assert.match(await cli.ok('stats', '--no-stream', 'web'), new RegExp(`^ID .*\n${id.slice(0, 12)} +web +[\\d.]+%`));
    assert.equal(await cli.ok('stop', '-t', '0', 'web'), 'web');
    assert.equal(await cli.ok('ps', '-q'), '');
    assert.equal(await cli.ok('rm', 'web'), 'web');
    assert.deepEqual(await cli.run('rm', 'web'), {
      code: 1,
      stdout: '',
      stderr: 'Error: no container with name or ID "web" found: no such container\n',
    });
  });

  test('the ID is written where it is asked for, once', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'selkie-cid-'));
    const file = join(directory, 'cid');
    const id = await cli.ok('create', '--cidfile', file, 'alpine', 'true');
    assert.equal(readFileSync(file, 'utf8'), id);
    assert.match((await cli.run('create', '--cidfile', file, 'alpine')).stderr, /container id file exists/);
    rmSync(directory, { recursive: true });
    assert.equal(await cli.ok('start', '-a', id), '');
    assert.equal(await cli.ok('wait', id), '0');
    await cli.ok('rm', id);
  });

  test('logs -f follows to the end, tail and both streams are kept apart', async () => {
    await cli.ok('run', '-d', '--name', 'talk', 'alpine', 'sh', '-c', 'echo a; echo b >&2; sleep 0.5; echo c');
    assert.deepEqual(await cli.run('logs', '-f', 'talk'), { code: 0, stdout: 'a\nc\n', stderr: 'b\n' });
    assert.equal(await cli.ok('logs', '--tail', '1', 'talk'), 'c');
    assert.match(await cli.ok('logs', '-t', 'talk'), /^\d{4}-\d\d-\d\dT[\d:.]+\S* a$/m);
    await cli.ok('rm', 'talk');
  });

  test('exec runs in a container and takes the exit code', async () => {
    await cli.ok('run', '-d', '--name', 'host', 'alpine', 'sleep', '1000');
    const { code, stdout, stderr } = await cli.run(
      'exec',
      '-e',
      'X=1',
      '-w',
      '/tmp',
      'host',
      'sh',
      '-c',
      'echo $X $PWD; echo err >&2; exit 5',
    );
    assert.deepEqual([code, stdout, stderr], [5, '1 /tmp\n', 'err\n']);
    assert.equal((await cli.runWith('typed', 'exec', '-i', 'host', 'cat')).stdout, 'typed');
    assert.match(await cli.ok('exec', '-d', 'host', 'true'), /^[0-9a-f]{64}$/);
    assert.equal((await cli.run('exec', 'nosuch', 'true')).code, 125);
    const terminal = cli.terminal('exec', '-it', 'host', 'sh');
    await terminal.until(/# /);
    terminal.type('stty size; exit 3\r');
    assert.equal(await terminal.exit(), 3);
    assert.match(terminal.shown, /30 100/);
    await cli.ok('rm', '-f', '-t', '0', 'host');
  });

  test('the words of an exec that could not be run are no frames of something else', async () => {
    await cli.ok('run', '-d', '--name', 'host', 'alpine', 'sleep', '1000');
    const { code, stdout, stderr } = await cli.run('exec', 'host', 'nosuch');
    assert.deepEqual([code, stdout], [127, '']);
    assert.match(stderr, /^Error: .*nosuch.*not found/);
    await cli.ok('rm', '-f', '-t', '0', 'host');
  });

  test('a container lives through kill, restart, pause and a new name', async () => {
    await cli.ok('run', '-d', '--name', 'one', 'alpine', 'sleep', '1000');
    const status = (name: string) => cli.ok('inspect', '-f', '{{.State.Status}}', name);
    assert.equal(await cli.ok('pause', 'one'), 'one');
    assert.equal(await status('one'), 'paused');
    assert.equal(await cli.ok('unpause', '--all').then((ids) => ids.length), 64);
    await cli.ok('rename', 'one', 'two');
    assert.equal(await cli.ok('restart', '-t', '0', 'two'), 'two');
    assert.equal(await status('two'), 'running');
    assert.equal(await cli.ok('kill', '-s', 'KILL', 'two'), 'two');
    assert.equal(await cli.ok('wait', 'two'), '137');
    assert.deepEqual((await cli.run('kill', 'two', 'nosuch')).code, 125);
    assert.equal(await cli.ok('start', 'two'), 'two');
    assert.equal((await cli.run('rm', 'two')).code, 2);
    await cli.ok('rm', '-fa', '-t', '0');
  });

  test('events tell what happened', async () => {
    const since = String(Math.floor(Date.now() / 1000));
    await cli.ok('run', '--rm', '--name', 'seen', '-l', 'a=b', 'alpine', 'true');
    const told = await cli.ok(
      'events',
      '--since',
      since,
      '--stream=false',
      '--filter',
      'container=seen',
      '--format',
      '{{.Status}}',
    );
    assert.match(told, /^create\n(.*\n)*start\n(.*\n)*died\n(.*\n)*remove$/);
    const line = await cli.ok('events', '--since', since, '--stream=false', '--filter', 'event=create');
    assert.match(
      line,
      /^\d{4}-\d\d-\d\d [\d:.]{18} \+0000 UTC container create [0-9a-f]{64} \(image=.*alpine.*, name=seen.*, a=b.*\)$/m,
    );
  });

  test('a reader that has enough ends it quietly', async () => {
    const child = cli.spawn('run', '--rm', 'alpine', 'yes');
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
    await cli.ok('rm', '-fa', '-t', '0');
  });
});
