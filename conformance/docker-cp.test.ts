/** Files in and out of containers, and changed limits, by the unmodified docker CLI and podman's client. */
import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tar } from './support/archives.ts';
import { type Client, dockerClient, podmanClient } from './support/client.ts';
import { type ImageSource, startImageSource } from './support/images.ts';
import { type Service, startService } from './support/service.ts';
import { TemporaryDirectory } from './support/temporary.ts';

suite('docker cp and update', { timeout: 120_000 }, () => {
  let images: ImageSource;
  let service: Service;
  let docker: Client;
  const directory = new TemporaryDirectory('selkie-cp-');
  const host = (...names: readonly string[]) => join(directory.path, ...names);

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    docker = dockerClient(service.url, host('config'));
    await docker.ok('pull', '-q', 'busybox');
    mkdirSync(host('tree/sub'), { recursive: true });
    writeFileSync(host('file'), 'a file\n');
    writeFileSync(host('tree/sub/deep'), 'deep\n', { mode: 0o640 });
    symlinkSync('sub/deep', host('tree/link'));
    const options = [
      '--network',
      'none',
      '-v',
      'files:/volume',
      '-v',
      `${host('bound')}:/bound:ro`,
      '--tmpfs',
      '/tmpfs',
    ];
    await docker.ok('run', '-d', '--name', 'running', ...options, 'busybox', 'sleep', '1000');
    await docker.ok('create', '--name', 'stopped', ...options, 'busybox', 'true');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
    directory[Symbol.dispose]();
  });

  const refused = async (...args: readonly string[]) => {
    const { code, stderr } = await docker.run(['cp', ...args]);
    assert.notEqual(code, 0);
    return stderr.trim();
  };
  let copies = 0;
  const fresh = () => host(`copy-${++copies}`);

  for (const name of ['running', 'stopped']) {
    suite(name, () => {
      test('a file goes in under its name or a new one, and comes out the same', async () => {
        await docker.ok('cp', host('file'), `${name}:/tmp/`);
        await docker.ok('cp', host('file'), `${name}:/tmp/renamed`);
        const copy = fresh();
        await docker.ok('cp', `${name}:/tmp/renamed`, copy);
        assert.equal(readFileSync(copy, 'utf8'), 'a file\n');
        assert.equal(lstatSync(copy).mtimeMs, Math.floor(lstatSync(host('file')).mtimeMs / 1000) * 1000);
      });

      test('a directory goes in and comes out with its links and modes', async () => {
        await docker.ok('cp', host('tree'), `${name}:/tmp`);
        const copy = fresh();
        await docker.ok('cp', `${name}:/tmp/tree`, copy);
        assert.deepEqual(readdirSync(copy).sort(), ['link', 'sub']);
        assert.equal(readlinkSync(join(copy, 'link')), 'sub/deep');
        assert.equal(lstatSync(join(copy, 'sub/deep')).mode & 0o777, 0o640);
      });

      test('a directory with a dot is its contents', async () => {
        await docker.ok('cp', `${host('tree')}/.`, `${name}:/home`);
        const copy = fresh();
        mkdirSync(copy);
        await docker.ok('cp', `${name}:/home/.`, copy);
        assert.deepEqual(readdirSync(copy).sort(), ['link', 'sub']);
      });

      test('links stay links, and are followed with -L', async () => {
        await docker.ok('cp', host('tree'), `${name}:/opt`);
        const [kept, followed] = [fresh(), fresh()];
        await docker.ok('cp', `${name}:/opt/link`, kept);
        assert.equal(readlinkSync(kept), 'sub/deep');
        await docker.ok('cp', '-L', `${name}:/opt/link`, followed);
        assert.equal(readFileSync(followed, 'utf8'), 'deep\n');
      });

      test('volumes and what is bound are part of it', async () => {
        writeFileSync(host('bound/from-host'), name);
        await docker.ok('cp', host('file'), `${name}:/volume/of-${name}`);
        assert.equal(await docker.ok('run', '--rm', '-v', 'files:/v', 'busybox', 'cat', `/v/of-${name}`), 'a file');
        const copy = fresh();
        await docker.ok('cp', `${name}:/bound/from-host`, copy);
        assert.equal(readFileSync(copy, 'utf8'), name);
        assert.match(await refused(host('file'), `${name}:/bound/x`), /mounted volume is marked read-only/);
        assert.deepEqual(readdirSync(host('bound')), ['from-host']);
      });

      test('archives go in from stdin and come out on stdout', async () => {
        const archive = tar({ name: 'piped/', type: '5' }, { name: 'piped/a', data: 'through a pipe' });
        const { code, stderr } = await docker.run(['cp', '-', `${name}:/tmp`], archive.toString('latin1'));
        assert.equal(code, 0, stderr);
        const out = await docker.ok('cp', `${name}:/tmp/piped/a`, '-');
        assert.match(out, /^a\0/);
        assert.match(out, /through a pipe/);
      });

      test('what is not there is said', async () => {
        const missing = 'Error response from daemon: Could not find the file /no/such in container';
        assert.equal(await refused(`${name}:/no/such`, fresh()), `${missing} ${name}`);
        assert.match(await refused(host('file'), `${name}:/no/such/file`), /Could not find the file \/no\/such in/);
        assert.match(await refused(`nobody:/etc`, fresh()), /No such container: nobody/);
      });

      test('a directory is not put in a file’s place, nor a file in a directory’s', async () => {
        assert.match(await refused(host('tree'), `${name}:/etc/passwd`), /cannot copy directory/);
        const archive = tar({ name: 'etc', data: 'no directory any more' });
        const { code, stderr } = await docker.run(['cp', '-', `${name}:/`], archive.toString('latin1'));
        assert.notEqual(code, 0);
        assert.match(stderr, /cannot overwrite directory "etc" with/);
      });
    });
  }

  test('what runs has its tmpfs, what does not has an empty one nothing can be put into', async () => {
    await docker.ok('cp', host('file'), 'running:/tmpfs/file');
    assert.equal(await docker.ok('exec', 'running', 'cat', '/tmpfs/file'), 'a file');
    assert.match(await refused(host('file'), 'stopped:/tmpfs/file'), /read-only/);
  });

  test('nothing is put into a read-only root, but into its volumes', async () => {
    for (const command of ['run', 'create']) {
      const name = `read-only-${command}`;
      const detach = command === 'run' ? ['-d'] : [];
      await docker.ok(command, ...detach, '--name', name, '--read-only', '-v', '/data', 'busybox', 'sleep', '1000');
      assert.match(await refused(host('file'), `${name}:/tmp/x`), /container rootfs is marked read-only/);
      await docker.ok('cp', host('file'), `${name}:/data/x`);
    }
  });

  test('a mounted file keeps its mount', async () => {
    assert.match(await refused(host('file'), 'running:/etc/hosts'), /device or resource busy/);
    assert.match(await docker.ok('exec', 'running', 'cat', '/etc/hosts'), /localhost/);
  });

  test('a copy of megabytes is whole', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 7919) & 0xff));
    writeFileSync(host('large'), bytes);
    await docker.ok('cp', host('large'), 'running:/tmp/large');
    const copy = fresh();
    await docker.ok('cp', 'running:/tmp/large', copy);
    assert.ok(readFileSync(copy).equals(bytes));
  });

  test('update changes limits and the restart policy of a running container', async () => {
    await docker.ok(
      'update',
      '--memory',
      '64m',
      '--memory-swap',
      '96m',
      '--pids-limit',
      '77',
      '--cpus',
      '0.5',
      'running',
    );
    await docker.ok('update', '--restart', 'on-failure:4', 'running');
    const format =
      '{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.PidsLimit}} {{.HostConfig.NanoCpus}}';
    assert.equal(await docker.ok('inspect', '-f', format, 'running'), '67108864 100663296 77 500000000');
    const policy = '{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}';
    assert.equal(await docker.ok('inspect', '-f', policy, 'running'), 'on-failure 4');
    const pids = await docker.ok(
      'exec',
      'running',
      'sh',
      '-c',
      'cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>&-; true',
    );
    assert.equal(pids, '77');
    const { code, stderr } = await docker.run(['update', '--memory', '1k', 'running']);
    assert.notEqual(code, 0);
    assert.match(stderr, /Minimum memory limit allowed is 6MB/);
  });

  test('podman’s client copies in and out', async () => {
    const podman = podmanClient(service.url);
    const archive = tar({ name: 'from-podman', data: 'podman was here' });
    const { code, stderr } = await podman.run(['cp', '-', 'running:/tmp'], archive.toString('latin1'));
    assert.equal(code, 0, stderr);
    assert.equal(await docker.ok('exec', 'running', 'cat', '/tmp/from-podman'), 'podman was here');
    for (const name of ['running', 'stopped']) {
      assert.match(await podman.ok('cp', `${name}:/etc/passwd`, '-'), /^passwd\0[\s\S]*root:x:0:0/);
      const missing = await podman.run(['cp', `${name}:/no/such`, '-']);
      assert.match(missing.stderr, /"\/no\/such" could not be found on container/);
    }
    await podman.ok('cp', 'running:/tmp/from-podman', 'stopped:/home/renamed');
    assert.match(await docker.ok('cp', 'stopped:/home/renamed', '-'), /podman was here/);
  });
});
