import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const BASE = '/v5.4.0/libpod';

suite('libpod images', () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const get = (path: string) => service.request('GET', `${BASE}${path}`);
  const post = (path: string, body?: object, headers?: Record<string, string>) =>
    service.request('POST', `${BASE}${path}`, body, headers ? { headers } : {});
  const remove = (path: string) => service.request('DELETE', `${BASE}${path}`);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;
  const clear = () => remove('/images/remove?all=true&force=true');

  async function pulled(name: string): Promise<string> {
    const answer = await post(`/images/pull?reference=${name}&quiet=true`);
    assert.equal(answer.at('error'), undefined);
    return answer.string('id');
  }

  test('a pull tells in text what it does and in its last line what came of it', async () => {
    const { lines } = await post('/images/pull?reference=busybox');
    const said = lines.map((line) => member(line, 'stream')).filter((text) => text !== undefined);
    assert.equal(said[0], 'Trying to pull docker.io/library/busybox:latest...\n');
    assert.match(String(said[1]), /^Copying blob [0-9a-f]{12}\n$/);
    assert.equal(said.at(-1), 'Writing manifest to image destination\n');
    const last = lines.at(-1);
    assert.match(String(member(last, 'id')), /^[0-9a-f]{64}$/);
    assert.deepEqual(member(last, 'images'), [member(last, 'id')]);
    await clear();
  });

  test('a pull that fails says so in its last line', async () => {
    for (const quiet of [true, false]) {
      const { status, lines } = await post(`/images/pull?reference=${images.registry}/library/nope&quiet=${quiet}`);
      assert.equal(status, 200);
      assert.match(String(member(lines.at(-1), 'error')), /manifest unknown|name unknown/);
      assert.equal(member(lines.at(-1), 'id'), undefined);
    }
  });

  test('policies decide whether a registry is asked', async () => {
    const gone = '127.0.0.1:1/gone';
    const never = await post(`/images/pull?reference=${gone}&policy=never`);
    assert.equal(member(never.lines.at(-1), 'error'), `${gone}: image not known`);
    const id = await pulled('busybox');
    await post(`/images/busybox/tag?repo=${gone}`);
    for (const policy of ['missing', 'never', 'newer', 'IfNotPresent']) {
      const answer = await post(`/images/pull?reference=${gone}&policy=${policy}`);
      assert.equal(member(answer.lines.at(-1), 'id'), id, `${policy}: ${answer.text}`);
    }
    const always = await post(`/images/pull?reference=${gone}&policy=always`);
    assert.match(String(member(always.lines.at(-1), 'error')), /ECONNREFUSED/);
    const sometimes = await post('/images/pull?reference=busybox&policy=sometimes');
    assert.equal(sometimes.string('message'), 'unsupported pull policy "sometimes"');
    await clear();
  });

  test('what a pull cannot do is refused before it begins', async () => {
    const status = async (query: string) => (await post(`/images/pull?${query}`)).status;
    assert.equal(await status('reference=Busybox'), 400);
    assert.equal(await status('reference=busybox&quiet=true&compatMode=true'), 400);
    assert.equal(await status('reference=busybox&allTags=true&policy=missing'), 400);
    assert.equal(await status('reference=busybox&retry=7'), 400);
    assert.equal(await status('reference=oci-archive:/etc/passwd'), 400);
    assert.equal(await status('reference='), 400);
  });

  test('all tags of a repository come at once', async () => {
    const { lines } = await post('/images/pull?reference=alpine&allTags=true');
    assert.equal(member(lines.at(-1), 'error'), undefined);
    const listed = await get('/images/json');
    assert.deepEqual(names(listed).sort(), ['docker.io/library/alpine:3.10', 'docker.io/library/alpine:latest']);
    const named = await post('/images/pull?reference=alpine:latest&allTags=true');
    assert.match(String(member(named.lines.at(-1), 'error')), /it names one/);
    await clear();
  });

  test('tlsVerify=true holds even a registry that may be plain to TLS', async () => {
    const answer = await post('/images/pull?reference=busybox&tlsVerify=true');
    assert.match(String(member(answer.lines.at(-1), 'error')), /https:/);
    assert.equal((await get('/images/busybox/exists')).status, 404);
    const plain = await post('/images/pull?reference=busybox&tlsVerify=false');
    assert.equal(member(plain.lines.at(-1), 'error'), undefined);
    await clear();
  });

  test('credentials come for one registry or by registry, and a bad header is refused', async () => {
    const header = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const auth = { username: 'u', password: 'p' };
    const pull = (headers: Record<string, string>) =>
      post('/images/pull?reference=busybox&quiet=true', undefined, headers);
    assert.equal((await pull({ 'x-registry-auth': header({ 'https://docker.io/v1/': auth }) })).at('error'), undefined);
    assert.equal((await pull({ 'x-registry-auth': header(auth) })).at('error'), undefined);
    assert.equal((await pull({ 'x-registry-config': header({ 'quay.io': auth }) })).at('error'), undefined);
    assert.equal((await pull({ 'x-registry-auth': 'no json' })).status, 400);
    await clear();
  });

  test('compatMode sends the lines Docker’s clients draw', async () => {
    const { lines } = await post('/images/pull?reference=busybox&compatMode=true');
    assert.equal(member(lines[0], 'status'), 'Pulling from library/busybox');
    assert.match(String(member(lines.at(-1), 'status')), /^Status: Downloaded newer image/);
    const failed = await post(`/images/pull?reference=${images.registry}/library/nope&compatMode=true`);
    assert.equal(failed.status, 404);
    await clear();
  });

  test('an image is listed and inspected with the facts podman shows', async () => {
    const id = await pulled('quay.io/libpod/alpine_labels');
    const { json: list } = await get('/images/json');
    assert.equal(member(list, 0, 'Id'), id);
    assert.deepEqual(member(list, 0, 'Names'), ['quay.io/libpod/alpine_labels:latest']);
    assert.equal(member(list, 0, 'Containers'), 0);
    assert.equal(member(list, 0, 'Labels', 'com.example.a'), '1');
    const image = await get('/images/alpine_labels/json');
    assert.equal(image.at('Id'), id);
    assert.equal(image.at('Config', 'Labels', 'PODMAN'), '/usr/bin/podman run');
    assert.equal(image.at('Labels', 'PODMAN'), '/usr/bin/podman run');
    assert.deepEqual(image.at('NamesHistory'), ['quay.io/libpod/alpine_labels:latest']);
    assert.equal(image.at('RepoDigests', 0), `quay.io/libpod/alpine_labels@${image.string('Digest')}`);
    assert.match(image.string('GraphDriver', 'Data', 'UpperDir'), /^\//);
    const nginx = await pulled('quay.io/libpod/alpine_healthcheck');
    assert.deepEqual((await get(`/images/${nginx.slice(0, 12)}/json`)).at('Healthcheck'), {
      Test: ['CMD-SHELL', 'true'],
      Interval: 1_000_000_000,
    });
    const missing = await get('/images/nope/json');
    assert.deepEqual([missing.status, missing.at('cause')], [404, 'image not known']);
    assert.equal((await get('/images/nope/exists')).status, 404);
    assert.equal((await get('/images/alpine_labels/exists')).status, 204);
    await clear();
  });

  test('filters narrow lists down, and what is no filter is refused', async () => {
    const id = await pulled('busybox');
    await pulled('quay.io/libpod/alpine');
    await post('/containers/create', { image: 'busybox', name: 'user' });
    const named = async (filters: object) => names(await get(`/images/json?${filtered(filters)}`));
    assert.deepEqual(await named({ containers: ['true'] }), ['docker.io/library/busybox:latest']);
    assert.deepEqual(await named({ containers: ['false'] }), ['quay.io/libpod/alpine:latest']);
    assert.deepEqual(await named({ id: [id.slice(0, 10)] }), ['docker.io/library/busybox:latest']);
    assert.deepEqual(await named({ reference: ['quay.io/libpod/*'] }), ['quay.io/libpod/alpine:latest']);
    assert.deepEqual(await named({ 'label!': ['flavour'] }), ['quay.io/libpod/alpine:latest']);
    assert.deepEqual(await named({ readonly: ['true'] }), []);
    assert.equal((await named({ intermediate: ['false'] })).length, 2);
    const refused = await get(`/images/json?${filtered({ nope: ['x'] })}`);
    assert.deepEqual([refused.status, refused.at('message')], [400, 'nope is an invalid filter']);
    assert.equal((await get(`/images/json?${filtered({ containers: ['maybe'] })}`)).status, 400);
    await clear();
  });

  test('names are given on localhost and taken one by one or all at once', async () => {
    const id = await pulled('busybox');
    assert.equal((await post('/images/busybox/tag?repo=mine&tag=1')).status, 201);
    assert.equal((await post('/images/busybox/tag?repo=mine')).status, 201);
    assert.equal((await post('/images/busybox/tag')).status, 400);
    const { json } = await get(`/images/${id}/json`);
    assert.deepEqual(member(json, 'RepoTags'), [
      'docker.io/library/busybox:latest',
      'localhost/mine:1',
      'localhost/mine:latest',
    ]);
    assert.equal((await post('/images/busybox/untag?repo=mine&tag=1')).status, 201);
    assert.equal((await post('/images/busybox/untag?repo=nobody')).status, 404);
    assert.equal((await post('/images/busybox/untag?tag=1')).status, 400);
    assert.equal((await post('/images/busybox/untag')).status, 201);
    const { json: left } = await get('/images/json');
    assert.deepEqual([member(left, 0, 'RepoTags'), member(left, 0, 'Dangling')], [[], true]);
    assert.deepEqual((await post('/images/prune')).json, [{ Id: id, Size: member(left, 0, 'Size') }]);
  });

  test('removing tells what became of each name and image, and force takes the containers along', async () => {
    const id = await pulled('busybox');
    await post('/images/busybox/tag?repo=mine');
    const untagged = await remove('/images/mine');
    assert.deepEqual(untagged.json, { Untagged: ['localhost/mine:latest'], ExitCode: 0, Errors: [] });
    await post('/containers/create', { image: 'busybox', name: 'user' });
    const used = await remove('/images/busybox');
    assert.deepEqual([used.status, used.at('cause')], [409, 'image is in use by a container']);
    const forced = await remove('/images/busybox?force=true');
    assert.deepEqual(forced.at('Deleted'), [id]);
    assert.equal((await get('/containers/user/exists')).status, 404);
    assert.equal((await remove('/images/busybox')).status, 404);
    assert.deepEqual((await remove('/images/busybox?ignore=true')).json, { ExitCode: 0, Errors: [] });
    assert.equal((await remove('/images/busybox?lookupManifest=true')).status, 400);
  });

  test('of several images each that cannot be removed is an error of the report', async () => {
    const id = await pulled('busybox');
    await pulled('quay.io/libpod/alpine');
    await post('/containers/create', { image: 'busybox', name: 'user' });
    const some = await remove('/images/remove?images=nope&images=quay.io/libpod/alpine');
    assert.deepEqual([some.at('ExitCode'), some.at('Errors')], [1, ['nope: image not known']]);
    assert.deepEqual(some.at('Untagged'), ['quay.io/libpod/alpine:latest']);
    assert.equal((await remove('/images/remove?images=nope&ignore=true')).at('ExitCode'), 0);
    const all = await remove('/images/remove?all=true');
    assert.equal(all.at('ExitCode'), 2);
    assert.match(String(all.at('Errors', 0)), /image is in use by a container/);
    assert.deepEqual((await remove('/images/remove?all=true&force=true')).at('Deleted'), [id]);
  });

  test('history, tree and resolve', async () => {
    const id = await pulled('busybox');
    const { json } = await get('/images/busybox/history');
    assert.equal(member(json, 0, 'Id'), id);
    assert.deepEqual(member(json, 0, 'Tags'), ['docker.io/library/busybox:latest']);
    const tree = (await get('/images/busybox/tree')).string('Tree');
    assert.match(tree, new RegExp(`^Image ID: ${id.slice(0, 12)}\nTags: {5}\\[docker.io/library/busybox:latest\\]\n`));
    assert.match(
      tree,
      /└── ID: [0-9a-f]{12} Size: +[\d.]+[kM]B Top Layer of: \[docker.io\/library\/busybox:latest\]\n$/,
    );
    await pulled('quay.io/libpod/alpine');
    const dependents = (await get('/images/busybox/tree?whatrequires=true')).string('Tree');
    assert.match(dependents, /Top Layer of: \[.*quay.io\/libpod\/alpine:latest/);
    assert.deepEqual((await get('/images/busybox/resolve')).json, { Names: ['docker.io/library/busybox:latest'] });
    assert.deepEqual((await get('/images/quay.io/a/b:1/resolve')).json, { Names: ['quay.io/a/b:1'] });
    await clear();
  });
});

function names({ json }: Answer): string[] {
  return Array.isArray(json) ? json.flatMap((item) => Object(item).RepoTags) : [];
}
