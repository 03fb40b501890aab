import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Member, tar } from '../../../../conformance/support/archives.ts';
import { member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../../conformance/support/temporary.ts';

suite('files in and out of containers for Docker’s clients', { timeout: 60_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=busybox&tag=latest');
    await created('plain', {});
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  async function created(name: string, body: object): Promise<void> {
    const all = { Image: 'busybox', Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'none' }, ...body };
    const answer = await service.request('POST', `/v1.45/containers/create?name=${name}`, all);
    assert.equal(answer.status, 201, answer.text);
  }

  const archive = (container: string, path: string, more = '') =>
    `/v1.45/containers/${container}/archive?path=${encodeURIComponent(path)}${more}`;
  const get = (container: string, path: string) => service.request('GET', archive(container, path));
  const put = (container: string, path: string, body: Buffer, more = '') =>
    service.request('PUT', archive(container, path, more), body, { headers: { 'content-type': 'application/x-tar' } });
  const putMembers = (container: string, path: string, ...members: Member[]) => put(container, path, tar(...members));
  const stat = (answer: { headers: NodeJS.Dict<string | string[]> }): unknown =>
    JSON.parse(Buffer.from(String(answer.headers['x-docker-container-path-stat']), 'base64').toString());

  test('HEAD and GET describe the path', async () => {
    const head = await service.request('HEAD', archive('plain', '/bin/sh'));
    const { mtime, ...rest } = Object(stat(head));
    assert.match(mtime, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.deepEqual(rest, { name: 'sh', size: 7, mode: 134218239, linkTarget: '/bin/busybox' });
    const answer = await get('plain', '/etc/passwd');
    assert.equal(answer.headers['content-type'], 'application/x-tar');
    assert.equal(member(stat(answer), 'name'), 'passwd');
    assert.match(answer.text, /^passwd\0[\s\S]*root:x:0:0:/);
    assert.equal(answer.body.length % 512, 0);
  });

  test('a path that does not begin at the root is taken to', async () => {
    assert.equal(member(stat(await get('plain', 'etc')), 'name'), 'etc');
  });

  test('what cannot be a path is refused, whoever asks', async () => {
    const long = 'x'.repeat(300);
    for (const [path, status, words] of [
      ['/no/such', 404, /^Could not find the file \/no\/such in container plain$/],
      ['/etc/passwd/', 400, /not a directory/],
      ['/etc/passwd/x', 400, /not a directory/],
      [`/${long}`, 400, /file name too long/],
      [`/${'a/'.repeat(3000)}`, 400, /file name too long/],
      ['', 400, /cannot be empty/],
      ['/etc\0', 400, /NUL/],
    ] as const) {
      for (const method of ['GET', 'PUT']) {
        const answer = await service.request(method, archive('plain', path), method === 'PUT' ? tar() : undefined);
        assert.equal(answer.status, status, `${method} ${path.slice(0, 30)}: ${answer.text}`);
        assert.match(answer.string('message'), words);
      }
      assert.equal((await service.request('HEAD', archive('plain', path))).status, status);
    }
    assert.equal((await get('nobody', '/')).status, 404);
  });

  test('links and dots stay inside the container', async () => {
    await putMembers('plain', '/tmp', { name: 'out', type: '2', linkName: '../../../../../../../../etc' });
    assert.match((await get('plain', '/tmp/out/passwd')).text, /nobody:x:65534/);
    assert.match((await get('plain', '/../../../etc/passwd')).text, /nobody:x:65534/);
    assert.equal((await putMembers('plain', '/tmp', { name: 'out/planted', data: 'inside' })).status, 200);
    assert.match((await get('plain', '/etc/planted')).text, /inside/);
    const answer = await putMembers('plain', '/tmp', { name: '../../planted' });
    assert.equal(answer.status, 400);
    assert.match(answer.string('message'), /leads out of the root/);
  });

  test('only into a directory can be copied, by a link too', async () => {
    const answer = await putMembers('plain', '/etc/passwd', { name: 'x' });
    assert.deepEqual([answer.status, answer.string('message')], [400, 'extraction point is not a directory']);
    await putMembers('plain', '/', { name: 'to-home', type: '2', linkName: 'home' });
    await putMembers('plain', '/to-home', { name: 'by-link', data: 'x' });
    assert.equal((await get('plain', '/home/by-link')).status, 200);
  });

  test('a kind of file gives way to another unless that is refused', async () => {
    await putMembers('plain', '/tmp', { name: 'd/', type: '5' }, { name: 'd/f', data: 'x' }, { name: 'f', data: 'x' });
    const keep = '&noOverwriteDirNonDir=true';
    const file = await put('plain', '/tmp', tar({ name: 'd', data: 'file' }), keep);
    assert.deepEqual(
      [file.status, file.string('message')],
      [400, 'cannot overwrite directory "d" with a non-directory'],
    );
    const directory = await put('plain', '/tmp', tar({ name: 'f/', type: '5' }), keep);
    assert.equal(directory.string('message'), 'cannot overwrite non-directory "f" with directory');
    assert.equal((await put('plain', '/tmp', tar({ name: 'd', data: 'file' }, { name: 'f/', type: '5' }))).status, 200);
    assert.equal(member(stat(await get('plain', '/tmp/d')), 'size'), 4);
  });

  test('owners are the archive’s, or the container’s user with copyUIDGID', async () => {
    await created('with-user', { User: 'daemon' });
    const owners = async (path: string) => {
      const header = (await get('with-user', path)).body;
      return [116 - 8, 116].map((at) => Number.parseInt(header.toString('latin1', at, at + 7), 8));
    };
    const owned = tar({ name: 'f', uid: 1234, gid: 5678 });
    await put('with-user', '/tmp', owned);
    assert.deepEqual(await owners('/tmp/f'), [1234, 5678]);
    await put('with-user', '/tmp', owned, '&copyUIDGID=true');
    assert.deepEqual(await owners('/tmp/f'), [2, 2]);
  });

  test('compressed archives are taken, damaged ones refused', async () => {
    assert.equal((await put('plain', '/tmp', gzipSync(tar({ name: 'zipped', data: 'x' })))).status, 200);
    assert.equal((await get('plain', '/tmp/zipped')).status, 200);
    const bzipped = execFileSync('bzip2', ['-c'], { input: tar({ name: 'bzipped', data: 'x' }) });
    assert.equal((await put('plain', '/tmp', bzipped)).status, 200);
    assert.equal((await get('plain', '/tmp/bzipped')).status, 200);
    assert.equal((await put('plain', '/tmp', Buffer.alloc(0))).status, 200);
    for (const damaged of [
      Buffer.alloc(5000, 'garbage'),
      tar({ name: 'cut', data: 'x'.repeat(9000) }).subarray(0, 3000),
    ]) {
      assert.equal((await put('plain', '/tmp', damaged)).status, 400);
    }
  });

  test('pipes and devices are described, never opened; devices need the right to make them', async () => {
    const members: Member[] = [
      { name: 'pipe', type: '6' },
      { name: 'zero', type: '3', major: 1, minor: 5 },
    ];
    assert.equal((await putMembers('plain', '/tmp', ...members)).status, 200);
    for (const [name, flag] of [
      ['pipe', '6'],
      ['zero', '3'],
    ] as const) {
      const answer = await get('plain', `/tmp/${name}`);
      assert.deepEqual([answer.body.toString('latin1', 156, 157), answer.body.length], [flag, 512 + 1024]);
    }
    await created('no-devices', { HostConfig: { CapDrop: ['MKNOD'] } });
    const answer = await putMembers('no-devices', '/tmp', ...members);
    assert.deepEqual([answer.status, answer.string('message')], [400, '"zero": devices must not be made here']);
  });

  const rootMounted = () => readFileSync('/proc/self/mountinfo', 'utf8').includes(`${service.root}/containers/`);

  /** What ends a moment after its answer. */
  async function eventually(condition: () => boolean): Promise<boolean> {
    for (let attempt = 0; !condition() && attempt < 100; attempt++) await sleep(20);
    return condition();
  }

  test('the root of a container that does not run is mounted no longer than that takes', async () => {
    await service.request('HEAD', archive('plain', '/no/such'));
    await putMembers('plain', '/tmp', { name: 'large', data: Buffer.alloc(20_000_000) });
    assert.ok(await eventually(() => !rootMounted()));
    const stalled = await service.open('GET', archive('plain', '/tmp'));
    await get('plain', '/etc');
    assert.ok(rootMounted());
    stalled.destroy();
    assert.ok(await eventually(() => !rootMounted()));
  });

  test('a service killed in the middle of a copy leaves nothing mounted', async () => {
    const stalled = await service.open('GET', archive('plain', '/tmp'));
    stalled.on('error', () => {});
    await service.kill();
    assert.ok(rootMounted());
    await service.start();
    assert.ok(await eventually(() => !rootMounted()));
  });

  test('volumes of a stopped container are filled from the image as a start would, and written to', async () => {
    await created('volumes', { Volumes: { '/etc': {} } });
    assert.match((await get('volumes', '/etc/passwd')).text, /root:x:0:0/);
    await putMembers('volumes', '/', { name: 'etc/into-the-volume', data: 'x' });
    await service.request('POST', '/v1.45/containers/volumes/start');
    assert.equal((await get('volumes', '/etc/into-the-volume')).status, 200);
  });

  test('what is bound, one file, a part of a volume and a volume that is a mount are seen before the first start', async () => {
    using host = new TemporaryDirectory();
    writeFileSync(join(host.path, 'one'), 'of the host');
    const driver = { type: 'tmpfs', device: 'tmpfs', o: 'size=1m' };
    await service.request('POST', '/v1.45/volumes/create', { Name: 'memory', DriverOpts: driver });
    await created('filler', { HostConfig: { Binds: ['parts:/parts'] } });
    await putMembers('filler', '/parts', { name: 'inner/', type: '5' }, { name: 'inner/file', data: 'of a part' });
    const part = { Type: 'volume', Source: 'parts', Target: '/deep/down/part', VolumeOptions: { Subpath: 'inner' } };
    const Binds = [`${host.path}/one:/deep/one`, 'memory:/memory:ro'];
    await created('mounts', { HostConfig: { Binds, Mounts: [part] } });
    assert.match((await get('mounts', '/deep/one')).text, /of the host/);
    assert.match((await get('mounts', '/deep')).text, /of a part/);
    assert.equal((await putMembers('mounts', '/memory', { name: 'x' })).status, 403);
    await putMembers('mounts', '/deep/down', { name: 'part/more', data: 'more of it' });
    assert.match((await get('filler', '/parts/inner/more')).text, /more of it/);
    const busy = await putMembers('mounts', '/deep', { name: 'one', data: 'replaced' });
    assert.match(busy.string('message'), /busy/);
    assert.equal(readFileSync(join(host.path, 'one'), 'utf8'), 'of the host');
    assert.equal(readFileSync('/proc/self/mountinfo', 'utf8').includes(`${service.root}/volumes/memory`), false);
  });

  test('a client that goes away in the middle leaves nothing open', async () => {
    await service.request('POST', '/v1.45/containers/plain/start');
    const open = () => readdirSync(`/proc/${service.pid}/fd`).length;
    await get('plain', '/etc');
    const before = open();
    for (let i = 0; i < 20; i++) {
      const response = await service.open('GET', archive('plain', '/tmp'));
      await once(response, 'readable');
      response.destroy();
    }
    // A connection's end takes a moment to get round.
    assert.ok(await eventually(() => open() <= before), `${open()} descriptors, ${before} before`);
  });

  test('a reader that takes nothing holds nobody else up', async () => {
    const stalled = await Promise.all(Array.from({ length: 8 }, () => service.open('GET', archive('plain', '/tmp'))));
    assert.equal((await get('plain', '/etc/passwd')).status, 200);
    assert.equal((await putMembers('plain', '/tmp', { name: 'meanwhile' })).status, 200);
    for (const response of stalled) response.destroy();
  });
});
