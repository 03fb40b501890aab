/** Starts that fail at each of their steps: the reason is told, nothing of the try stays, and once the cause is gone the container starts. */
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { MS_RDONLY, mount, umount2 } from '@selkie/native/mount';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { cgroupsOf } from '../../../conformance/support/leaks.ts';
import { processes } from '../../../conformance/support/processes.ts';
import { program } from '../../../conformance/support/programs.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../conformance/support/temporary.ts';
import { networkLeaks } from '../../engine/test/support/leaks.ts';

/** A try to start that has to fail. */
interface Attempt {
  readonly body: object;
  readonly status: number;
  readonly reason: RegExp;
  /** Brings the cause about, once the container has been made. */
  readonly spoil?: () => unknown;
  /** Takes the cause away. Without it the container is as bad as before. */
  readonly mend?: () => unknown;
}

suite('starts that fail', { timeout: 120_000 }, () => {
  const scratch = new TemporaryDirectory('selkie-starts-');
  /** All the service finds on its PATH. */
  const programs = join(scratch.path, 'bin');
  const source = join(scratch.path, 'source');
  let images: ImageSource;
  let service: Service;

  before(async () => {
    mkdirSync(programs);
    for (const name of ['conmon', 'ps']) symlinkSync(program(name), join(programs, name));
    // A script, so that it can go without taking the real one from the machine.
    writeFileSync(join(programs, 'runc'), `#!/bin/sh\nexec ${program('runc')} "$@"\n`);
    chmodSync(join(programs, 'runc'), 0o755);
    images = await startImageSource();
    service = await startService({ args: images.args, env: { PATH: programs } });
    const { status, text } = await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
    assert.equal(status, 200, text);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
    scratch[Symbol.dispose]();
  });

  /** What a container that does not run has on the host besides its record and its writable layer. */
  function tracesOf(id: string): string[] {
    const { root, runroot } = service;
    const directories = ['bundles', 'runc', 'netns'].map((name) => join(runroot, name, id));
    const known = new Set(
      [join(root, 'containers'), ...['netns', 'bundles'].map((name) => join(runroot, name))].map(
        (path) => `mount ${path}`,
      ),
    );
    return [
      ...networkLeaks({ stateRoot: root, runRoot: runroot }).filter((leak) => !known.has(leak)),
      ...processes().flatMap(({ pid, command }) => (command.includes(id) ? [`process ${pid} ${command}`] : [])),
      ...cgroupsOf([id]).map((path) => `cgroup ${path}`),
      ...directories.filter((path) => existsSync(path)).map((path) => `directory ${path}`),
    ];
  }

  async function fails({ body, status, reason, spoil, mend }: Attempt): Promise<void> {
    const made = await service.request('POST', '/containers/create', {
      Image: 'busybox',
      Cmd: ['sleep', '1000'],
      HostConfig: { Runtime: 'runc' },
      ...body,
    });
    assert.equal(made.status, 201, made.text);
    const id = made.string('Id');
    await spoil?.();
    try {
      for (const path of [`/containers/${id}/start`, `/libpod/containers/${id}/start`]) {
        const failed = await service.request('POST', path);
        assert.equal(failed.status, status, failed.text);
        assert.match(failed.string('message'), reason);
        assert.deepEqual(tracesOf(id), []);
        const inspected = await service.request('GET', `/containers/${id}/json`);
        assert.equal(inspected.at('State', 'Status'), 'created');
        assert.match(inspected.string('State', 'Error'), reason);
        assert.equal(inspected.at('State', 'Pid'), 0);
      }
    } finally {
      await mend?.();
    }
    if (mend) {
      const started = await service.request('POST', `/containers/${id}/start`);
      assert.equal(started.status, 204, started.text);
      const inspected = await service.request('GET', `/containers/${id}/json`);
      assert.equal(inspected.at('State', 'Running'), true);
      assert.equal(inspected.at('State', 'Error'), '');
      assert.equal((await service.request('POST', `/containers/${id}/stop?t=0`)).status, 204);
      assert.deepEqual(tracesOf(id), []);
    }
    assert.equal((await service.request('DELETE', `/containers/${id}?v=1`)).status, 204);
    assert.ok(!existsSync(join(service.root, 'containers', id)));
  }

  /** As long as it is away, nothing can be run. */
  function away(name: string): Pick<Attempt, 'spoil' | 'mend'> {
    const [here, there] = [join(programs, name), join(programs, `${name}.away`)];
    return { spoil: () => renameSync(here, there), mend: () => renameSync(there, here) };
  }

  test('a user the image does not have', () =>
    fails({ body: { User: 'nobody-here' }, status: 400, reason: /unable to find user nobody-here/ }));

  test('a group the image does not have', () =>
    fails({ body: { User: 'root:nogroup-here' }, status: 400, reason: /unable to find group nogroup-here/ }));

  test('a command that is not there', () =>
    fails({ body: { Cmd: ['no-such-command'] }, status: 400, reason: /no-such-command.*executable file not found/ }));

  test('a command that cannot be run', () =>
    fails({ body: { Cmd: ['/etc'] }, status: 400, reason: /permission denied|is a directory/ }));

  test('a source that vanished since the container was made', () => {
    mkdirSync(source);
    return fails({
      body: { HostConfig: { Mounts: [{ Type: 'bind', Source: source, Target: '/mnt' }] } },
      status: 400,
      reason: /source/,
      spoil: () => rmSync(source, { recursive: true }),
      mend: () => mkdirSync(source),
    });
  });

  test('a path a volume does not have', () =>
    fails({
      body: {
        HostConfig: {
          Mounts: [{ Type: 'volume', Source: 'half', Target: '/mnt', VolumeOptions: { Subpath: 'absent' } }],
        },
      },
      status: 400,
      reason: /cannot access subpath "absent"/,
    }));

  test('a port another program has', () => {
    const holder = createServer();
    return fails({
      body: { HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '38471' }] } } },
      status: 409,
      reason: /Bind for 127\.0\.0\.1:38471 failed: port is already allocated/,
      spoil: () => new Promise<void>((resolve) => holder.listen(38471, '127.0.0.1', resolve)),
      mend: () => new Promise((resolve) => holder.close(resolve)),
    });
  });

  test('a runtime that is gone', () => fails({ body: {}, status: 500, reason: /runc cannot be run/, ...away('runc') }));

  test('a monitor that is gone', () => fails({ body: {}, status: 500, reason: /conmon/, ...away('conmon') }));

  test('no namespace to be had', () => {
    const namespaces = join(service.runroot, 'netns');
    return fails({
      body: {},
      status: 500,
      reason: /network namespace/,
      spoil: () => mount({ source: 'tmpfs', target: namespaces, type: 'tmpfs', flags: MS_RDONLY }),
      mend: () => umount2(namespaces),
    });
  });

  test('a disk without room for the bundle', () => {
    const bundles = join(service.runroot, 'bundles');
    return fails({
      body: {},
      status: 500,
      reason: /ENOSPC|no space left/i,
      spoil: () => {
        mkdirSync(bundles, { recursive: true });
        mount({ source: 'tmpfs', target: bundles, type: 'tmpfs', data: 'size=4k,nr_inodes=3' });
        writeFileSync(join(bundles, 'full'), Buffer.alloc(4096));
      },
      mend: () => umount2(bundles),
    });
  });

  test('one that removes itself is gone when its start fails', async () => {
    const body = { Image: 'busybox', Cmd: ['no-such-command'], HostConfig: { AutoRemove: true } };
    const id = (await service.request('POST', '/containers/create', body)).string('Id');
    assert.equal((await service.request('POST', `/containers/${id}/start`)).status, 400);
    assert.equal((await service.request('GET', `/containers/${id}/json`)).status, 404);
    assert.deepEqual(tracesOf(id), []);
    assert.deepEqual(readdirSync(join(service.root, 'containers')), []);
  });
});
