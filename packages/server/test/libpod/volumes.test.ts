import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const BASE = '/v5.4.0/libpod';

suite('volumes of the libpod group', { timeout: 120_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await post('/images/pull?reference=alpine&quiet=true');
  });
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
  });

  const get = (path: string) => service.request('GET', `${BASE}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `${BASE}${path}`, body);
  const remove = (path: string) => service.request('DELETE', `${BASE}${path}`);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;
  const names = ({ json }: Answer): unknown[] =>
    Array.isArray(json) ? json.map((volume) => member(volume, 'Name')).sort() : [];

  async function run(name: string, spec: object): Promise<void> {
    const made = await post('/containers/create', { name, image: 'alpine', command: ['sleep', '1000'], ...spec });
    assert.equal(made.status, 201, made.text);
    assert.equal((await post(`/containers/${name}/start`)).status, 204);
  }

  test('a volume is made, found, listed and removed', async () => {
    const created = await post('/volumes/create', {
      Name: 'first',
      Label: { a: '1' },
      Labels: { b: '2' },
      UID: 7,
      GID: 8,
    });
    assert.equal(created.status, 201, created.text);
    assert.deepEqual(
      ['Name', 'Driver', 'Scope', 'Labels', 'Options', 'UID', 'GID', 'MountCount', 'NeedsCopyUp'].map((key) =>
        created.at(key),
      ),
      ['first', 'local', 'local', { a: '1', b: '2' }, {}, 7, 8, 0, true],
    );
    const { uid, gid } = statSync(created.string('Mountpoint'));
    assert.deepEqual([uid, gid], [7, 8]);
    assert.deepEqual((await get('/volumes/first/json')).json, created.json);
    assert.equal((await get('/volumes/first/exists')).status, 204);
    assert.deepEqual(names(await get('/volumes/json')), ['first']);
    assert.equal((await remove('/volumes/first')).status, 204);
    for (const path of ['/volumes/first/json', '/volumes/first/exists']) assert.equal((await get(path)).status, 404);
    const missing = await remove('/volumes/first?force=true');
    assert.deepEqual([missing.status, missing.at('cause')], [404, 'no such volume']);
  });

  test('a name that is taken is an error, unless that is all right', async () => {
    const first = await post('/volumes/create', { Name: 'twice' });
    const taken = await post('/volumes/create', { Name: 'twice' });
    assert.deepEqual([taken.status, taken.at('cause')], [409, 'volume already exists']);
    assert.deepEqual((await post('/volumes/create', { Name: 'twice', IgnoreIfExists: true })).json, first.json);
    await remove('/volumes/twice');
  });

  test('one without a name gets one, and is nobody’s anonymous volume', async () => {
    const made = await post('/volumes/create', { Options: { o: 'uid=5,gid=6,nocopy' } });
    assert.match(made.string('Name'), /^[0-9a-f]{64}$/);
    assert.deepEqual(
      ['Anonymous', 'UID', 'GID', 'NeedsCopyUp'].map((key) => made.at(key)),
      [undefined, 5, 6, false],
    );
    await remove(`/volumes/${made.string('Name')}`);
  });

  test('a volume in use goes by force, with its containers', async () => {
    await run('user', {
      volumes: [
        { Name: 'used', Dest: '/u' },
        { Dest: '/anon', IsAnonymous: true, Name: '' },
      ],
    });
    assert.equal((await get('/volumes/used/json')).at('MountCount'), 1);
    const refused = await remove('/volumes/used');
    assert.deepEqual([refused.status, refused.at('cause')], [409, 'volume is being used']);
    await post('/containers/user/stop?timeout=0');
    assert.equal((await get('/volumes/used/json')).at('MountCount'), 0);
    assert.equal((await remove('/volumes/used')).status, 409, 'one that does not run has it too');
    assert.equal((await remove('/volumes/used?force=true&timeout=0')).status, 204);
    assert.equal((await get('/containers/user/json')).status, 404);
    assert.deepEqual(names(await get('/volumes/json')), []);
  });

  test('a container takes over the volumes of another', async () => {
    await run('donor', { volumes: [{ Name: 'given', Dest: '/given' }] });
    await run('taker', { volumes_from: ['donor:ro'] });
    const taker = await get('/containers/taker/json');
    assert.deepEqual(
      ['Name', 'Destination', 'RW'].map((key) => taker.at('Mounts', 0, key)),
      ['given', '/given', false],
    );
    assert.deepEqual(taker.at('HostConfig', 'VolumesFrom'), ['donor:ro']);
    assert.equal((await get('/volumes/given/json')).at('MountCount'), 2);
    for (const name of ['taker', 'donor']) await remove(`/containers/${name}?force=true&timeout=0`);
    await remove('/volumes/given');
  });

  test('filters narrow the list', async () => {
    await post('/volumes/create', { Name: 'older', Labels: { env: 'test' } });
    await post('/volumes/create', { Name: 'newer', Options: { type: 'tmpfs', device: 'tmpfs' } });
    const listed = async (filters: object) => names(await get(`/volumes/json?${filtered(filters)}`));
    assert.deepEqual(await listed({ name: ['old'] }), ['older']);
    assert.deepEqual(await listed({ label: ['env=test'] }), ['older']);
    assert.deepEqual(await listed({ 'label!': ['env'] }), ['newer']);
    assert.deepEqual(await listed({ opt: ['type=tmpfs'] }), ['newer']);
    assert.deepEqual(await listed({ since: ['older'] }), ['newer']);
    assert.deepEqual(await listed({ after: ['newer'] }), []);
    assert.deepEqual(await listed({ until: ['1h'] }), []);
    assert.deepEqual(await listed({ scope: ['local'], driver: ['local'], dangling: ['true'] }), ['newer', 'older']);
    assert.equal((await get(`/volumes/json?${filtered({ colour: ['red'] })}`)).status, 400);
    assert.equal((await get(`/volumes/json?${filtered({ since: ['nothing'] })}`)).status, 400);
    for (const name of ['older', 'newer']) await remove(`/volumes/${name}`);
  });

  test('pruning takes every volume no container has', async () => {
    await post('/volumes/create', { Name: 'idle' });
    await post('/volumes/create', { Name: 'kept', Labels: { keep: '' } });
    await post('/containers/create', { name: 'user', image: 'alpine', volumes: [{ Name: 'used', Dest: '/u' }] });
    const pruned = await post(`/volumes/prune?${filtered({ 'label!': ['keep'] })}`);
    assert.deepEqual(pruned.json, [{ Id: 'idle', Size: 0 }]);
    assert.deepEqual(names(await get('/volumes/json')), ['kept', 'used']);
    await remove('/containers/user');
    assert.deepEqual((await post('/volumes/prune')).lines.length, 1);
    assert.deepEqual(names(await get('/volumes/json')), []);
  });
});
