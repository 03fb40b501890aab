import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, suite, test } from 'node:test';
import { member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { tar } from '../../../engine/test/support/tar.ts';

const TAR = { headers: { 'content-type': 'application/x-tar' } };
const rootfs = tar({ name: 'etc/', type: '5' }, { name: 'etc/hello', data: 'hello\n' });

suite('docker images on the move', () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=busybox&tag=latest');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const get = (path: string) => service.request('GET', `/v1.45${path}`);
  const send = (path: string, body: Uint8Array) => service.request('POST', `/v1.45${path}`, body, TAR);
  const post = (path: string, body?: object) => service.request('POST', `/v1.45${path}`, body);
  const errors = (lines: readonly unknown[]) => lines.flatMap((line) => member(line, 'errorDetail', 'message') ?? []);

  test('save gives a tar, of one and of several; what is not here is 404', async () => {
    const one = await get('/images/busybox/get');
    assert.equal(one.headers['content-type'], 'application/x-tar');
    const loaded = await send('/images/load?quiet=1', one.body);
    assert.deepEqual(loaded.lines, [{ stream: 'Loaded image: busybox:latest\n' }]);
    assert.equal((await get('/images/get?names=busybox&names=nope')).status, 404);
    assert.equal((await get('/images/get')).status, 400);
    assert.equal((await get('/images/nope/get')).status, 404);
    assert.equal(
      (await get('/images/busybox/get?platform=%7B%22os%22:%22linux%22,%22architecture%22:%22s390x%22%7D')).status,
      404,
    );
  });

  test('load tells of layers unless it is to be quiet, and of a bad archive in the stream', async () => {
    const { body } = await get('/images/busybox/get');
    await service.request('DELETE', '/v1.45/images/busybox?force=1');
    const loud = await send('/images/load?quiet=0', body);
    assert.equal(member(loud.lines[0], 'status'), 'Loading layer');
    assert.deepEqual(loud.lines.at(-1), { stream: 'Loaded image: busybox:latest\n' });
    const bad = await send('/images/load', Buffer.from('no archive'));
    assert.equal(bad.status, 200);
    assert.match(String(errors(bad.lines)[0]), /invalid image archive/);
  });

  test('import makes an image of the body or of what a URL leads to', async () => {
    const changes = encodeURIComponent('ENV A=1');
    const imported = await send(
      `/images/create?fromSrc=-&repo=imp&tag=1&message=why&changes=${changes}&platform=linux/arm64`,
      rootfs,
    );
    const id = member(imported.lines.at(-1), 'status');
    const image = await get('/images/imp:1/json');
    assert.equal(image.at('Id'), id);
    assert.deepEqual(image.at('Config', 'Env'), ['A=1']);
    assert.equal(image.at('Comment'), 'why');
    assert.equal(image.at('Architecture'), 'arm64');

    const server = createServer((request, response) =>
      response.writeHead(request.url === '/x.tar' ? 200 : 404).end(rootfs),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const url = `127.0.0.1:${address.port}`;
    const fetched = await post(`/images/create?fromSrc=${url}/x.tar&repo=fetched`);
    assert.equal((await get('/images/fetched/json')).at('Id'), member(fetched.lines.at(-1), 'status'));
    const missing = await post(`/images/create?fromSrc=${url}/nope.tar&repo=missing`);
    assert.match(String(errors(missing.lines)[0]), /status code 404/);
    server.close();

    assert.match(
      String(errors((await send('/images/create?fromSrc=-', Buffer.from('x'.repeat(2000)))).lines)[0]),
      /invalid archive/,
    );
    assert.match(
      String(errors((await send('/images/create?fromSrc=-&changes=FROM%20x', rootfs)).lines)[0]),
      /invalid change/,
    );
  });

  test('commit, changes and export of a container that never ran', async () => {
    const id = (await post('/containers/create?name=never', { Image: 'busybox', Cmd: ['true'] })).string('Id');
    assert.equal((await get(`/containers/${id}/changes`)).json, null);
    const exported = await get(`/containers/${id}/export`);
    assert.equal(exported.status, 200);
    assert.ok(exported.body.includes('etc/passwd'));
    const settings = { Env: ['B=2'], Labels: { l: '1' }, ExposedPorts: { '80/tcp': {} }, Entrypoint: ['/bin/cat'] };
    const made = await post('/commit?container=never&repo=made&tag=1&author=me&comment=why&pause=0', settings);
    assert.equal(made.status, 201);
    const image = await get('/images/made:1/json');
    assert.equal(image.at('Id'), made.at('Id'));
    assert.equal(image.at('Config', 'Labels', 'l'), '1');
    assert.deepEqual(image.at('Config', 'Entrypoint'), ['/bin/cat']);
    assert.equal(image.at('Parent'), (await get('/images/busybox/json')).at('Id'));
    assert.equal((await post('/commit?container=nope')).status, 404);
    assert.equal((await post('/commit')).status, 400);
    assert.equal((await post('/commit?container=never&changes=RUN%20x')).status, 400);
    assert.equal((await post('/commit?container=never&repo=NotAName')).status, 400);
    assert.equal((await get('/containers/nope/changes')).status, 404);
    assert.equal((await get('/containers/nope/export')).status, 404);
  });

  test('push tells the digest as text and as data; every tag where none is named', async () => {
    const name = `${images.registry}/pushed`;
    for (const tag of ['1', '2']) await post(`/images/busybox/tag?repo=${name}&tag=${tag}`);
    const one = await post(`/images/${name}/push?tag=1`);
    assert.equal(member(one.lines[0], 'status'), `The push refers to repository [${name}]`);
    const aux = member(one.lines.at(-1), 'aux');
    assert.equal(member(aux, 'Tag'), '1');
    assert.match(
      String(member(one.lines.at(-2), 'status')),
      new RegExp(`^1: digest: ${member(aux, 'Digest')} size: ${member(aux, 'Size')}$`),
    );
    const all = await post(`/images/${name}/push`);
    assert.deepEqual(all.lines.flatMap((line) => member(line, 'aux', 'Tag') ?? []).sort(), ['1', '2']);
    assert.equal((await post(`/images/${name}/push?tag=3`)).status, 404);
    assert.equal((await post('/images/nope/push')).status, 404);
    const closed = await post('/images/busybox/tag?repo=127.0.0.1:9/closed&tag=1');
    assert.equal(closed.status, 201);
    assert.match(String(errors((await post('/images/127.0.0.1:9/closed/push?tag=1')).lines)[0]), /ECONNREFUSED/);
  });
});
