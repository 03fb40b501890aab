import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

suite('docker images', () => {
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

  const get = (path: string, version = '1.45') => service.request('GET', `/v${version}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v1.45${path}`, body);
  const remove = (path: string) => service.request('DELETE', `/v1.45${path}`);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

  async function pulled(name: string, tag = 'latest'): Promise<string> {
    const answer = await post(`/images/create?fromImage=${name}&tag=${tag}`);
    assert.equal(answer.status, 200, answer.text);
    return (await get(`/images/${name}:${tag}/json`)).string('Id');
  }

  /** Removes whatever a test left. */
  async function clear(): Promise<void> {
    for (const id of strings(await get('/images/json?all=1'), 'Id')) await remove(`/images/${id}?force=1`);
  }

  test('a pull tells where from, each layer, the digest and what came of it, with bars until 1.52', async () => {
    const first = await post('/images/create?fromImage=busybox&tag=latest');
    const words = first.lines.map((line) => member(line, 'status'));
    assert.deepEqual(words[0], 'Pulling from library/busybox');
    assert.equal(member(first.lines[0], 'id'), 'latest');
    for (const word of ['Pulling fs layer', 'Download complete', 'Extracting', 'Pull complete']) {
      assert.ok(words.includes(word), `${word} in ${words.join(', ')}`);
    }
    assert.match(String(words.at(-2)), /^Digest: sha256:[0-9a-f]{64}$/);
    assert.equal(words.at(-1), 'Status: Downloaded newer image for busybox:latest');
    const bars = first.lines.map((line) => member(line, 'progress')).filter((bar) => bar !== undefined);
    assert.ok(bars.length > 0);
    for (const bar of bars) assert.match(String(bar), /^\[=*> *\] {2}[\d.]+[kM]?B\/[\d.]+[kM]?B$/);

    const again = await service.request('POST', '/v1.52/images/create?fromImage=busybox&tag=latest');
    assert.deepEqual(
      again.lines.map((line) => String(member(line, 'status')).replace(/sha256:.*/, '…')),
      ['Pulling from library/busybox', 'Digest: …', 'Status: Image is up to date for busybox:latest'],
    );
    await clear();
    const late = await service.request('POST', '/v1.52/images/create?fromImage=busybox&tag=latest');
    assert.deepEqual(
      late.lines.filter((line) => member(line, 'progress') !== undefined),
      [],
    );
    await clear();
  });

  test('a pull that fails before it said anything is an error with a status', async () => {
    const message = async (query: string, status: number) => {
      const answer = await post(`/images/create?${query}`);
      assert.equal(answer.status, status, answer.text);
      return answer.string('message');
    };
    assert.equal(
      await message('fromImage=busybox&tag=nope', 404),
      'manifest for busybox:nope not found: manifest unknown: manifest unknown',
    );
    assert.match(await message('fromImage=Busybox&tag=latest', 400), /must be lowercase/);
    assert.match(await message('fromImage=busybox&tag=latest&platform=a/b/c/d', 400), /invalid platform/);
    assert.match(await message('fromImage=127.0.0.1:1/x&tag=latest', 500), /ECONNREFUSED/);
    const late = await post('/images/create?fromImage=busybox&tag=latest&platform=linux/arm64');
    assert.match(
      String(member(late.lines.at(-1), 'error')),
      /busybox:latest was found but does not match the specified/,
    );
    assert.equal(member(late.lines.at(-1), 'errorDetail', 'message'), member(late.lines.at(-1), 'error'));
    assert.deepEqual((await get('/images/json')).json, []);
  });

  test('a pull without a tag is a pull of all tags', async () => {
    const { lines } = await post('/images/create?fromImage=alpine');
    const begun = lines.filter((line) => member(line, 'status') === 'Pulling from library/alpine');
    assert.deepEqual(begun.map((line) => member(line, 'id')).sort(), ['3.10', 'latest']);
    assert.deepEqual(tags(await get('/images/json')).sort(), ['alpine:3.10', 'alpine:latest']);
    assert.equal((await post(`/images/create?fromImage=${images.registry}/library/nope`)).status, 404);
    await clear();
  });

  test('lists and inspects have what their version had', async () => {
    const id = await pulled('busybox');
    const listed = async (version: string, query = '') => member((await get(`/images/json?${query}`, version)).json, 0);
    const old = await listed('1.43');
    assert.equal(member(old, 'VirtualSize'), member(old, 'Size'));
    assert.equal(member(old, 'Containers'), -1);
    assert.equal(member(old, 'SharedSize'), -1);
    assert.equal(member(old, 'Descriptor'), undefined);
    const recent = await listed('1.51', 'shared-size=1&manifests=1');
    assert.equal(member(recent, 'VirtualSize'), undefined);
    assert.equal(member(recent, 'Containers'), 0);
    assert.equal(member(recent, 'SharedSize'), 0);
    assert.deepEqual(member(recent, 'RepoTags'), ['busybox:latest']);
    assert.equal(member(recent, 'Manifests', 0, 'Available'), true);
    assert.equal(member(recent, 'Manifests', 0, 'ID'), member(recent, 'Descriptor', 'digest'));

    const before45 = (await get('/images/busybox/json', '1.44')).json;
    assert.equal(member(before45, 'Container'), '');
    assert.equal(member(before45, 'Config', 'AttachStdin'), false);
    const newest = (await get('/images/busybox/json', '1.55')).json;
    assert.equal(member(newest, 'Id'), id);
    assert.equal(member(newest, 'Parent'), undefined);
    assert.equal(member(newest, 'Config', 'AttachStdin'), undefined);
    assert.deepEqual(member(newest, 'Identity', 'Pull'), [{ Repository: 'busybox' }]);
    assert.deepEqual(member(newest, 'Config', 'Labels'), { flavour: 'busybox' });
    assert.match(String(member(newest, 'GraphDriver', 'Data', 'UpperDir')), /^\//);
    await clear();
  });

  test('an image is asked about for a platform it is not for', async () => {
    await pulled('busybox');
    const answer = await get('/images/busybox/json?platform=linux/s390x', '1.49');
    assert.equal(answer.status, 404);
    assert.match(answer.string('message'), /does not provide the specified platform \(linux\/s390x\)/);
    const json = encodeURIComponent(JSON.stringify({ os: 'linux', architecture: 'amd64' }));
    assert.equal((await get(`/images/busybox/json?platform=${json}`, '1.49')).status, 200);
    assert.equal((await get(`/images/busybox/json?platform=${json}&manifests=1`, '1.49')).status, 400);
    assert.equal((await get('/images/busybox/history?platform=linux/s390x', '1.48')).status, 404);
    await clear();
  });

  test('history names the image at its latest step', async () => {
    const id = await pulled('busybox');
    const { json } = await get('/images/busybox/history');
    assert.equal(member(json, 0, 'Id'), id);
    assert.deepEqual(member(json, 0, 'Tags'), ['busybox:latest']);
    assert.equal((await get('/images/nope/history')).string('message'), 'No such image: nope:latest');
    await clear();
  });

  test('filters narrow lists down, and what is no filter is refused', async () => {
    await pulled('busybox');
    await pulled('alpine');
    const named = async (filters: object) => tags(await get(`/images/json?${filtered(filters)}`));
    assert.deepEqual(await named({ reference: ['busy*'] }), ['busybox:latest']);
    assert.deepEqual(await named({ label: { 'flavour=busybox': true } }), ['busybox:latest']);
    assert.deepEqual(await named({ label: ['flavour=other'] }), []);
    assert.deepEqual(await named({ dangling: ['true'] }), []);
    assert.deepEqual((await named({ dangling: ['false'] })).sort(), ['alpine:latest', 'busybox:latest']);
    assert.deepEqual(await named({ until: ['2000-01-01'] }), []);
    const refused = await get(`/images/json?${filtered({ nope: ['x'] })}`);
    assert.equal(refused.status, 400);
    assert.equal(refused.string('message'), "invalid filter 'nope'");
    assert.equal((await get(`/images/json?${filtered({ dangling: ['maybe'] })}`)).status, 400);
    assert.equal((await get(`/images/json?${filtered({ before: ['nope'] })}`)).status, 404);
    await clear();
  });

  test('a name is given, taken and given again', async () => {
    const id = await pulled('busybox');
    assert.equal((await post('/images/busybox/tag?repo=local/copy&tag=1')).status, 201);
    assert.equal((await get('/images/local/copy:1/json')).string('Id'), id);
    assert.equal((await post('/images/busybox/tag?repo=local/copy:old&tag=2')).status, 201);
    assert.equal((await get('/images/local/copy:2/json')).string('Id'), id);
    assert.equal((await get('/images/local/copy:old/json')).status, 404);
    assert.equal((await post('/images/busybox/tag?repo=Local')).status, 400);
    assert.equal((await post('/images/busybox/tag')).status, 400);
    assert.equal((await post('/images/nope/tag?repo=x')).status, 404);
    assert.deepEqual((await remove('/images/local/copy:1')).json, [{ Untagged: 'local/copy:1' }]);
    await clear();
  });

  test('names are told before what is deleted, and an image in use stays', async () => {
    const id = await pulled('busybox');
    await post('/images/busybox/tag?repo=other');
    const several = await remove(`/images/${id}`);
    assert.equal(several.status, 409);
    assert.match(several.string('message'), /must be forced\) - image is referenced in multiple repositories/);
    assert.deepEqual((await remove('/images/other')).json, [{ Untagged: 'other:latest' }]);

    const { text: created } = await post('/containers/create?name=user', { Image: 'busybox', Cmd: ['true'] });
    const byName = await remove('/images/busybox');
    assert.equal(byName.status, 409, created);
    assert.match(byName.string('message'), /unable to remove repository reference "busybox:latest" \(must force\)/);
    const byId = await remove(`/images/${id}`);
    assert.match(byId.string('message'), /\(must be forced\) - image is being used by stopped container/);
    await remove('/containers/user');

    const { json } = await remove('/images/busybox');
    const kinds = Array.isArray(json) ? json.map((item) => Object.keys(item).join()) : [];
    assert.deepEqual(kinds, ['Untagged', 'Untagged', 'Deleted', 'Deleted']);
    assert.equal(member(json, 0, 'Untagged'), 'busybox:latest');
    assert.match(String(member(json, 1, 'Untagged')), /^busybox@sha256:/);
    assert.equal(member(json, 2, 'Deleted'), id);
    assert.equal((await remove('/images/busybox')).string('message'), 'No such image: busybox:latest');
  });

  test('prune takes the nameless alone, or with dangling=false all that nothing uses', async () => {
    await pulled('busybox');
    await pulled('alpine');
    await post('/containers/create?name=keeper', { Image: 'alpine', Cmd: ['true'] });
    assert.deepEqual((await post('/images/prune')).json, { ImagesDeleted: null, SpaceReclaimed: 0 });
    assert.equal((await post(`/images/prune?${filtered({ nope: ['x'] })}`)).status, 400);
    assert.equal(
      (await post(`/images/prune?${filtered({ dangling: ['false'], label: ['nope'] })}`)).at('ImagesDeleted'),
      null,
    );
    const pruned = await post(`/images/prune?${filtered({ dangling: ['false'] })}`);
    assert.equal(pruned.at('ImagesDeleted', 0, 'Untagged'), 'busybox:latest');
    assert.deepEqual(tags(await get('/images/json')), ['alpine:latest']);
    await remove('/containers/keeper');
    const rest = await post(`/images/prune?${filtered({ dangling: ['false'] })}`);
    assert.ok(Number(rest.at('SpaceReclaimed')) > 500_000);
  });

  test('removing single platforms of an image is refused, not ignored', async () => {
    await pulled('busybox');
    const platforms = encodeURIComponent(JSON.stringify({ os: 'linux', architecture: 'arm64' }));
    assert.equal((await service.request('DELETE', `/v1.50/images/busybox?platforms=${platforms}`)).status, 400);
    assert.equal((await get('/images/busybox/json')).status, 200);
    await clear();
  });
});

function strings({ json }: Answer, key: string): string[] {
  return Array.isArray(json) ? json.map((item) => String(member(item, key))) : [];
}

function tags({ json }: Answer): string[] {
  return Array.isArray(json) ? json.flatMap((item) => Object(item).RepoTags) : [];
}
