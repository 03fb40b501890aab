import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

suite('volumes of the Docker group', { timeout: 120_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-volumes-'));
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await post('/images/create?fromImage=alpine&tag=latest');
    await post('/images/create?fromImage=redis&tag=alpine');
  });
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
    rmSync(directory, { recursive: true });
  });

  const get = (path: string) => service.request('GET', `/v1.45${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v1.45${path}`, body);
  const remove = (path: string) => service.request('DELETE', `/v1.45${path}`);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

  /** Runs a script to its end; what it wrote, and the container removed with its anonymous volumes. */
  async function output(script: string, host: object, body: object = {}): Promise<string> {
    const created = await post('/containers/create', {
      Image: 'alpine',
      Cmd: ['sh', '-c', script],
      Tty: true,
      HostConfig: host,
      ...body,
    });
    assert.equal(created.status, 201, created.text);
    const id = created.string('Id');
    const started = await post(`/containers/${id}/start`);
    assert.equal(started.status, 204, started.text);
    await post(`/containers/${id}/wait`);
    const { text } = await get(`/containers/${id}/logs?stdout=1&stderr=1`);
    await remove(`/containers/${id}?v=1`);
    return text.replaceAll('\r', '');
  }

  async function sleeper(name: string, body: object): Promise<void> {
    const made = await post(`/containers/create?name=${name}`, { Image: 'alpine', Cmd: ['sleep', '1000'], ...body });
    assert.equal(made.status, 201, made.text);
    assert.equal((await post(`/containers/${name}/start`)).status, 204);
  }

  const names = (answer: Answer): unknown[] => {
    const volumes = answer.at('Volumes');
    return Array.isArray(volumes) ? volumes.map((volume) => member(volume, 'Name')).sort() : [];
  };
  const mounts = () =>
    readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(service.root));

  test('a volume is made, found, listed and removed', async () => {
    const created = await post('/volumes/create', { Name: 'first', Labels: { tier: 'back' } });
    assert.equal(created.status, 201);
    assert.deepEqual(
      ['Name', 'Driver', 'Scope', 'Labels', 'Options'].map((key) => created.at(key)),
      ['first', 'local', 'local', { tier: 'back' }, null],
    );
    assert.deepEqual((await post('/volumes/create', { Name: 'first' })).json, created.json, 'the one of that name');
    assert.deepEqual((await get('/volumes/first')).json, created.json);
    assert.deepEqual(names(await get('/volumes')), ['first']);
    assert.ok(existsSync(created.string('Mountpoint')));
    assert.equal((await remove('/volumes/first')).status, 204);
    assert.ok(!existsSync(join(created.string('Mountpoint'), '..')));
    assert.equal((await get('/volumes/first')).status, 404);
    assert.equal((await remove('/volumes/first')).status, 404);
    assert.equal((await remove('/volumes/first?force=1')).status, 204);
    assert.deepEqual(readdirSync(join(service.root, 'removed-volumes')), []);
  });

  test('what cannot be is refused', async () => {
    const cases: object[] = [
      { Name: '../x' },
      { Name: 'a/b' },
      { Name: 'x', Driver: 'flocker' },
      { Name: 'x', DriverOpts: { colour: 'red' } },
      { Name: 'x', DriverOpts: { type: 'tmpfs' } },
      { Name: 'x', DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=big' } },
      { Name: 'x', DriverOpts: { type: 'nfs', device: ':/x', o: 'addr=192.0.2.1' } },
      { Name: 'x', DriverOpts: { type: 'none', device: 'relative', o: 'bind' } },
      { Name: 'x', DriverOpts: { size: '1G' } },
      { Name: 'x', ClusterVolumeSpec: {} },
    ];
    for (const body of cases) {
      const answer = await post('/volumes/create', body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.text}`);
    }
    assert.deepEqual(names(await get('/volumes')), []);
    const update = await service.request('PUT', '/v1.45/volumes/x?version=1', {});
    assert.equal(update.status, 503);
  });

  test('a new volume is filled with what the image has, owners and modes included, once', async () => {
    const script = 'mkdir -p /data/deep && chown 7:8 /data /data/deep && chmod 2750 /data';
    await output(script, {});
    assert.equal(await output('stat -c "%u %g %a" /etc /root', {}), '0 0 755\n0 0 755\n');
    const host = { Binds: ['filled:/etc'] };
    assert.match(await output('ls /etc', host), /passwd/);
    await output('rm /etc/os-release; echo mine > /etc/mine', host);
    const again = await output('ls /etc', host);
    assert.match(again, /mine/);
    assert.doesNotMatch(again, /os-release/);
    assert.equal(await output('ls /etc2', { Binds: ['empty:/etc2:nocopy'] }), '');
    assert.doesNotMatch(await output('ls /etc', { Binds: ['bare:/etc:nocopy'] }), /passwd/);
    for (const name of ['filled', 'empty', 'bare']) assert.equal((await remove(`/volumes/${name}`)).status, 204);
  });

  test('anonymous volumes go with rm -v, and only those nobody else has', async () => {
    await sleeper('first', { Volumes: { '/a': {} }, HostConfig: { Binds: ['named:/n'] } });
    const [anonymous] = names(await get(`/volumes?${filtered({ name: ['^[0-9a-f]{64}$'] })}`));
    assert.deepEqual((await get(`/volumes/${anonymous}`)).at('Labels'), { 'com.docker.volume.anonymous': '' });
    const refused = await remove('/volumes/named?force=1');
    assert.equal(refused.status, 409);
    assert.match(refused.string('message'), /^remove named: volume is in use - \[[0-9a-f]{64}\]$/);
    await sleeper('second', { HostConfig: { Binds: [`${anonymous}:/b`] } });
    await remove('/containers/first?force=1&v=1');
    assert.deepEqual(names(await get('/volumes')), [anonymous, 'named'], 'the second one has it');
    await remove('/containers/second?force=1&v=1');
    assert.deepEqual(names(await get('/volumes')), ['named']);
    await remove('/volumes/named');
  });

  test('an image’s volumes are made, unless something is mounted there', async () => {
    const run = (name: string, host: object) =>
      post(`/containers/create?name=${name}`, { Image: 'redis:alpine', HostConfig: host });
    await run('image', {});
    assert.equal((await get('/containers/image/json')).at('Mounts', 0, 'Destination'), '/data');
    await run('covered', { Binds: ['mine:/data'] });
    const covered = (await get('/containers/covered/json')).at('Mounts');
    assert.deepEqual([Object(covered).length, member(covered, 0, 'Name')], [1, 'mine']);
    await remove('/containers/image?v=1');
    await remove('/containers/covered?v=1');
    assert.deepEqual(names(await get('/volumes')), ['mine']);
    await remove('/volumes/mine');
  });

  test('a container takes over the volumes of another', async () => {
    writeFileSync(join(directory, 'file'), 'bound');
    await sleeper('donor', {
      Volumes: { '/anon': {} },
      HostConfig: { Binds: ['given:/given', `${directory}:/bound:ro`] },
    });
    const script = 'echo kept > /given/kept; cat /bound/file; mount | grep -c " /anon "; touch /bound/x';
    assert.match(await output(script, { VolumesFrom: ['donor'] }), /^bound1\ntouch: .*Read-only/);
    assert.match(
      await output('cat /given/kept; touch /given/y', { VolumesFrom: ['donor:ro'] }),
      /^kept\ntouch: .*Read-only/,
    );
    const own = { VolumesFrom: ['donor'], Binds: ['other:/given'] };
    assert.equal(await output('ls /given', own), '', 'its own come first');
    assert.equal(
      (await post('/containers/create', { Image: 'alpine', HostConfig: { VolumesFrom: ['nobody'] } })).status,
      404,
    );
    assert.equal(
      (await post('/containers/create', { Image: 'alpine', HostConfig: { VolumesFrom: ['donor:odd'] } })).status,
      400,
    );
    const taker = await post('/containers/create', { Image: 'alpine', HostConfig: { VolumesFrom: ['donor:ro'] } });
    const inspected = await get(`/containers/${taker.string('Id')}/json`);
    assert.deepEqual(inspected.at('HostConfig', 'VolumesFrom'), ['donor:ro']);
    await remove(`/containers/${taker.string('Id')}`);
    await remove('/containers/donor?force=1&v=1');
    for (const name of ['given', 'other']) assert.equal((await remove(`/volumes/${name}`)).status, 204);
    assert.deepEqual(names(await get('/volumes')), []);
  });

  test('driver options are mounted for the first container and unmounted after the last', async () => {
    writeFileSync(join(directory, 'precious'), 'still here');
    const before = mounts().length;
    const bind = { type: 'none', device: directory, o: 'bind,ro' };
    await post('/volumes/create', { Name: 'bound', DriverOpts: bind });
    await post('/volumes/create', {
      Name: 'memory',
      DriverOpts: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m,uid=5' },
    });
    assert.deepEqual((await get('/volumes/bound')).at('Options'), bind);
    assert.equal(await output('cat /b/precious', { Binds: ['bound:/b'] }), 'still here');
    assert.match(await output('touch /b/x', { Binds: ['bound:/b'] }), /Read-only/);
    assert.match(
      await output('stat -c %u /m; mount', { Binds: ['memory:/m'] }),
      /^5\n[\s\S]* \/m type tmpfs .*size=1024k/,
    );
    for (const name of ['one', 'two']) await sleeper(name, { HostConfig: { Binds: ['memory:/m', 'bound:/b'] } });
    const mounted = () => mounts().filter((line) => /\/volumes\/(memory|bound)\//.test(line)).length;
    assert.equal(mounted(), 2);
    await remove('/containers/one?force=1');
    assert.equal(mounted(), 2);
    await service.kill();
    await service.start();
    await remove('/containers/two?force=1');
    assert.equal(mounted(), 0);
    assert.equal(mounts().length, before);
    for (const name of ['bound', 'memory']) assert.equal((await remove(`/volumes/${name}`)).status, 204);
    assert.equal(readFileSync(join(directory, 'precious'), 'utf8'), 'still here');
  });

  test('a volume left mounted by a killed service is taken off without what is in it', async () => {
    writeFileSync(join(directory, 'precious'), 'still here');
    await post('/volumes/create', { Name: 'bound', DriverOpts: { type: 'none', device: directory, o: 'bind' } });
    await sleeper('holder', { HostConfig: { Binds: ['bound:/b'] } });
    const pid = Number((await get('/containers/holder/json')).at('State', 'Pid'));
    await service.kill();
    process.kill(pid, 'SIGKILL');
    await service.start();
    await remove('/containers/holder?force=1');
    assert.equal((await remove('/volumes/bound')).status, 204);
    assert.equal(mounts().filter((line) => line.includes('/volumes/bound/')).length, 0);
    assert.equal(readFileSync(join(directory, 'precious'), 'utf8'), 'still here');
  });

  test('part of a volume is mounted, and no link leads out of it', async () => {
    const fill =
      'mkdir -p /v/a/b; echo deep > /v/a/b/f; ln -s /etc/passwd /v/out; ln -s ../../../../etc /v/up; ln -s a/b /v/short';
    await output(fill, { Binds: ['parts:/v'] });
    const part = (Subpath: string, script: string) =>
      output(script, { Mounts: [{ Type: 'volume', Source: 'parts', Target: '/p', VolumeOptions: { Subpath } }] });
    assert.equal(await part('a/b', 'cat /p/f; echo new > /p/g'), 'deep\n');
    assert.equal(await part('short/g', 'cat /p'), 'new\n');
    assert.equal(await part('../../a/b/f', 'cat /p'), 'deep\n', 'the volume is the root');
    for (const outside of ['out', 'up', 'missing', '../../../../etc/passwd']) {
      const body = {
        Image: 'alpine',
        HostConfig: {
          Mounts: [{ Type: 'volume', Source: 'parts', Target: '/p', VolumeOptions: { Subpath: outside } }],
        },
      };
      const id = (await post('/containers/create', body)).string('Id');
      const started = await post(`/containers/${id}/start`);
      assert.equal(started.status, 400, `${outside}: ${started.text}`);
      await remove(`/containers/${id}`);
    }
    assert.match(await output('cat /v/a/b/f', { Binds: ['parts:/v'] }), /deep/, 'nothing was deleted with the bundles');
    assert.equal((await remove('/volumes/parts')).status, 204);
  });

  test('pruning takes anonymous volumes; named ones for old clients and those that ask', async () => {
    const prune = async (version: string, filters: object = {}) => {
      const answer = await service.request('POST', `/v${version}/volumes/prune?${filtered(filters)}`);
      assert.equal(answer.status, 200, answer.text);
      return answer;
    };
    const make = () => post('/volumes/create', {});
    await output('head -c 5000 /dev/zero > /v/f', { Binds: ['named:/v'] });
    await post('/volumes/create', { Name: 'labelled', Labels: { keep: '' } });
    const anonymous = (await make()).string('Name');
    assert.deepEqual((await prune('1.45')).at('VolumesDeleted'), [anonymous]);
    assert.equal((await prune('1.45')).at('VolumesDeleted'), null);
    const all = await prune('1.45', { all: ['true'], 'label!': ['keep'] });
    assert.deepEqual(all.json, { VolumesDeleted: ['named'], SpaceReclaimed: 5000 });
    assert.deepEqual((await prune('1.41')).at('VolumesDeleted'), ['labelled']);
    assert.equal((await post(`/volumes/prune?${filtered({ colour: ['red'] })}`)).status, 400);
  });

  test('filters narrow the list', async () => {
    await post('/volumes/create', { Name: 'used', Labels: { env: 'test' } });
    await post('/volumes/create', { Name: 'idle' });
    await post('/containers/create?name=user', { Image: 'alpine', HostConfig: { Binds: ['used:/v'] } });
    const listed = async (filters: object) => names(await get(`/volumes?${filtered(filters)}`));
    assert.deepEqual(await listed({ dangling: ['true'] }), ['idle']);
    assert.deepEqual(await listed({ dangling: ['0'] }), ['used']);
    assert.deepEqual(await listed({ label: ['env=test'] }), ['used']);
    assert.deepEqual(await listed({ name: ['dl'] }), ['idle']);
    assert.deepEqual(await listed({ driver: ['local'] }), ['idle', 'used']);
    assert.deepEqual(await listed({ driver: ['nfs'] }), []);
    assert.equal((await get(`/volumes?${filtered({ colour: ['red'] })}`)).status, 400);
    await remove('/containers/user');
    for (const name of ['used', 'idle']) await remove(`/volumes/${name}`);
  });
});
