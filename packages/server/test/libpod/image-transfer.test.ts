import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../../conformance/support/temporary.ts';
import { tar } from '../../../engine/test/support/tar.ts';

const TAR = { headers: { 'content-type': 'application/x-tar' } };

suite('libpod images on the move', () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v5.4.2/libpod/images/pull?reference=docker.io/library/busybox&quiet=true');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const get = (path: string) => service.request('GET', `/v5.4.2/libpod${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v5.4.2/libpod${path}`, body);
  const send = (path: string, body: Uint8Array) => service.request('POST', `/v5.4.2/libpod${path}`, body, TAR);

  test('every format is saved, and those that are archives are loaded, from the body or from the host', async () => {
    using directory = new TemporaryDirectory('selkie-load-');
    for (const format of ['docker-archive', 'oci-archive', 'oci-dir']) {
      const saved = await get(`/images/busybox/get?format=${format}`);
      assert.equal(saved.status, 200);
      assert.deepEqual((await send('/images/load', saved.body)).json, { Names: ['docker.io/library/busybox:latest'] });
      writeFileSync(join(directory.path, format), saved.body);
      const local = await post(`/local/images/load?path=${join(directory.path, format)}`);
      assert.deepEqual(local.json, { Names: ['docker.io/library/busybox:latest'] });
    }
    assert.equal((await get('/images/busybox/get?format=docker-dir&compress=true')).status, 200);
    assert.equal(
      (await get('/images/export?references=busybox&format=oci-archive&ociAcceptUncompressedLayers=true')).status,
      200,
    );
    assert.equal((await get('/images/busybox/get?format=nope')).status, 400);
    assert.equal((await get('/images/busybox/get?format=docker-archive&compress=true')).status, 400);
    assert.equal((await get('/images/nope/get')).status, 404);
    assert.equal((await get('/images/export')).status, 400);
    assert.equal((await send('/images/load', Buffer.from('no archive'))).status, 400);
    assert.equal((await post('/local/images/load?path=relative')).status, 400);
    assert.equal((await post('/local/images/load?path=/dev/zero')).status, 400);
  });

  test('import takes changes, a name and a platform', async () => {
    const rootfs = tar({ name: 'hello', data: 'x' });
    const made = await send('/images/import?reference=made&changes=CMD%3D%2Fx&message=why&Architecture=arm64', rootfs);
    const image = await get('/images/localhost%2Fmade/json');
    assert.equal(made.at('Id'), `sha256:${image.at('Id')}`);
    assert.deepEqual(image.at('Config', 'Cmd'), ['/bin/sh', '-c', '/x']);
    assert.equal(image.at('Architecture'), 'arm64');
    assert.equal(image.at('Comment'), 'why');
    assert.deepEqual((await get('/images/made/changes')).json, [{ Path: '/hello', Kind: 1 }]);
    assert.equal((await send('/images/import?changes=nonsense', rootfs)).status, 400);
    assert.equal((await send('/images/import?URL=ftp://127.0.0.1/x', rootfs)).status, 400);
  });

  test('commit answers with the bare ID, as a line where progress is asked for', async () => {
    await post('/containers/create', { name: 'box', image: 'busybox', command: ['true'] });
    const made = await post('/commit?container=box&repo=committed&tag=1&format=docker');
    assert.match(made.string('Id'), /^[0-9a-f]{64}$/);
    assert.match(String((await get('/images/committed:1/json')).at('ManifestType')), /docker/);
    assert.equal((await get('/containers/box/changes')).json, null);
    assert.equal((await get('/containers/box/changes?diffType=nope')).status, 400);
    assert.equal((await get('/containers/box/changes?parent=x')).status, 400);
    assert.equal((await get('/containers/box/export')).status, 200);
    assert.equal((await post('/commit?container=nope')).status, 404);
    assert.equal((await post('/commit?container=box&format=v9')).status, 400);
    assert.equal((await post('/commit?container=box&tag=1')).status, 400);
  });

  test('push is quiet unless told otherwise, and its last line has the digest or the failure', async () => {
    const destination = `${images.registry}/pushed:1`;
    const quiet = await post(`/images/busybox/push?destination=${destination}`);
    assert.deepEqual([quiet.status, quiet.text], [200, '\n']);
    const loud = await post(`/images/busybox/push?destination=docker://${destination}&quiet=false`);
    const digest = (await get('/images/busybox/json')).at('Digest');
    assert.equal(member(loud.lines.at(-1), 'manifestdigest'), digest);
    const old = await service.request(
      'POST',
      `/v4.3.1/libpod/images/busybox/push?destination=${destination}&quiet=false`,
    );
    assert.equal(old.text.includes('manifestdigest'), false);
    const failed = await post('/images/busybox/push?destination=127.0.0.1:9/x:1&quiet=false');
    assert.match(String(member(failed.lines.at(-1), 'error')), /ECONNREFUSED/);
    for (const query of [
      'destination=oci:/tmp/x',
      'destination=x/y@sha256:00',
      'format=v2s1',
      'compressionFormat=lzma',
      'compressionFormat=gzip&compressionLevel=30',
      'forceCompressionFormat=true',
      'retry=3',
    ]) {
      const asked = query.startsWith('destination') ? query : `destination=${destination}&${query}`;
      assert.equal((await post(`/images/busybox/push?${asked}`)).status, 400, query);
    }
    assert.equal((await post('/images/nope/push')).status, 404);
  });
});
