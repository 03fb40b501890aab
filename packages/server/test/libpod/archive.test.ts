import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { tar } from '../../../../conformance/support/archives.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../../conformance/support/temporary.ts';

suite('files in and out of containers for podman’s clients', { timeout: 60_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v5.0.0/libpod/images/pull?reference=docker.io/library/busybox:latest');
    const body = { image: 'busybox', name: 'c', command: ['sleep', '1000'], user: 'daemon', netns: { nsmode: 'none' } };
    assert.equal((await service.request('POST', '/v5.0.0/libpod/containers/create', body)).status, 201);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const archive = (path: string, more = '') => `/v5.0.0/libpod/containers/c/archive?path=${path}${more}`;
  const put = (path: string, body: Buffer, more = '') => service.request('PUT', archive(path, more), body);
  const stat = (answer: { headers: NodeJS.Dict<string | string[]> }) =>
    Object(JSON.parse(Buffer.from(String(answer.headers['x-docker-container-path-stat']), 'base64url').toString()));
  const owner = (header: Buffer) => [108, 116].map((at) => Number.parseInt(header.toString('latin1', at, at + 7), 8));

  test('a link is described with where it leads, and read as what it leads to', async () => {
    const { mtime, ...rest } = stat(await service.request('HEAD', archive('/bin/sh')));
    assert.ok(mtime);
    assert.deepEqual(rest, { name: 'busybox', size: 7, mode: 134218239, isDir: false, linkTarget: '/bin/busybox' });
    const answer = await service.request('GET', archive('/bin/sh'));
    assert.equal(answer.body.toString('latin1', 0, 3), 'sh\0');
    assert.equal(answer.body.toString('latin1', 156, 157), '0');
  });

  test('what is not there is a 404 in podman’s words, a link to nothing too', async () => {
    await put('/tmp', tar({ name: 'dangling', type: '2', linkName: '/nowhere' }));
    for (const path of ['/no/such', '/tmp/dangling']) {
      assert.equal((await service.request('HEAD', archive(path))).status, 404);
      const answer = await service.request('GET', archive(path));
      assert.deepEqual([answer.status, answer.string('cause')], [404, 'no such file or directory']);
    }
  });

  test('everything becomes the user’s, unless the archive’s owners are wanted', async () => {
    const owned = tar({ name: 'f', uid: 1234, gid: 5678 });
    await put('/tmp', owned);
    assert.deepEqual(owner((await service.request('GET', archive('/tmp/f'))).body), [2, 2]);
    await put('/tmp', owned, '&copyUIDGID=false');
    assert.deepEqual(owner((await service.request('GET', archive('/tmp/f'))).body), [1234, 5678]);
  });

  test('names change on the way, in either direction', async () => {
    const rename = (names: object) => `&rename=${encodeURIComponent(JSON.stringify(names))}`;
    await put('/tmp', tar({ name: 'd/', type: '5' }, { name: 'd/f', data: 'x' }), rename({ d: 'renamed' }));
    assert.equal((await service.request('HEAD', archive('/tmp/renamed/f'))).status, 200);
    const answer = await service.request('GET', archive('/tmp/renamed', rename({ renamed: 'again' })));
    assert.match(answer.text, /^again\/\0/);
    const escaping = await put('/tmp', tar({ name: 'd' }), rename({ d: '../../x' }));
    assert.equal(escaping.status, 400);
  });

  test('a container is frozen while its files change, if that is asked for', async () => {
    await service.request('POST', '/v5.0.0/libpod/containers/c/start');
    assert.equal((await put('/tmp', tar({ name: 'frozen' }), '&pause=true')).status, 200);
    const since = await service.request(
      'GET',
      '/v5.0.0/libpod/events?stream=false&since=1&filters={"container":["c"]}',
    );
    const statuses = since.lines.map((event) => Object(event).Action ?? Object(event).status);
    assert.deepEqual(
      statuses.filter((status) => /pause/.test(status)),
      ['pause', 'unpause'],
    );
    const state = await service.request('GET', '/v5.0.0/libpod/containers/c/json');
    assert.equal(state.at('State', 'Status'), 'running');
  });

  test('of a container on a directory of the host that directory is the root', async () => {
    using root = new TemporaryDirectory();
    mkdirSync(join(root.path, 'etc'));
    symlinkSync('/', join(root.path, 'up'));
    const body = { rootfs: root.path, name: 'rootfs', command: ['/x'], netns: { nsmode: 'none' } };
    assert.equal((await service.request('POST', '/v5.0.0/libpod/containers/create', body)).status, 201);
    const at = (path: string) => `/v5.0.0/libpod/containers/rootfs/archive?path=${path}&copyUIDGID=false`;
    assert.equal((await service.request('PUT', at('/up/etc'), tar({ name: 'new', data: 'x' }))).status, 200);
    assert.equal(readFileSync(join(root.path, 'etc/new'), 'utf8'), 'x');
    assert.equal((await service.request('GET', at('/up/up/etc/new'))).status, 200);
    assert.equal((await service.request('GET', at('/up/proc/version'))).status, 404);
  });

  test('devices are not made for a container that may not make them', async () => {
    const answer = await put('/tmp', tar({ name: 'zero', type: '3', major: 1, minor: 5 }));
    assert.equal(answer.status, 400);
    assert.match(answer.string('message'), /devices must not be made here/);
  });
});
