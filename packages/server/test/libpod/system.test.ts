import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const BASE = '/v5.4.0/libpod';

suite('libpod system', () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await post('/images/pull?reference=busybox&quiet=true');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const get = (path: string) => service.request('GET', `${BASE}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `${BASE}${path}`, body);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

  async function ran(name: string, ...command: string[]): Promise<void> {
    const created = await post('/containers/create', { image: 'busybox', name, command, netns: { nsmode: 'none' } });
    assert.equal(created.status, 201, created.text);
    await post(`/containers/${name}/start`);
    await post(`/containers/${name}/wait`);
  }

  test('ping tells podman’s clients the version they insist on, with and without a version of theirs', async () => {
    for (const path of ['/libpod/_ping', `${BASE}/_ping`]) {
      for (const method of ['GET', 'HEAD']) {
        const { status, headers } = await service.request(method, path);
        assert.equal(status, 200);
        assert.equal(headers['libpod-api-version'], '5.8.2');
        assert.match(String(headers['libpod-buildah-version']), /^\d/);
        assert.equal(headers.swarm, undefined);
      }
    }
  });

  test('version has the API’s number where podman’s client looks for it', async () => {
    const { json } = await get('/version');
    assert.equal(member(json, 'Components', 0, 'Name'), 'Podman Engine');
    assert.equal(member(json, 'Components', 0, 'Details', 'APIVersion'), '5.8.2');
    assert.match(String(member(json, 'Components', 1, 'Version')), /^conmon version \d/);
    assert.match(String(member(json, 'Components', 2, 'Name')), /^OCI Runtime \((runc|crun)\)$/);
  });

  test('info describes this host and this service', async () => {
    const info = await get('/info');
    assert.equal(info.at('store', 'graphRoot'), service.root);
    assert.equal(info.at('store', 'runRoot'), service.runroot);
    assert.equal(info.at('store', 'imageStore', 'number'), 1);
    assert.equal(info.at('host', 'remoteSocket', 'path'), service.url);
    assert.equal(info.at('version', 'APIVersion'), '5.8.2');
    assert.equal(info.at('registries', images.registry, 'Insecure'), true);
    assert.deepEqual(info.at('registries', 'search'), ['docker.io']);
    assert.match(info.string('host', 'uptime'), /^\d+h \d+m \d+\.\d\ds/);
    const { userPercent, systemPercent, idlePercent } = Object(info.at('host', 'cpuUtilization'));
    assert.ok(Math.abs(userPercent + systemPercent + idlePercent - 100) < 0.1);
    assert.ok(Number(info.at('store', 'graphRootUsed')) <= Number(info.at('store', 'graphRootAllocated')));
  });

  test('events have podman’s words; without a stream they end', async () => {
    await ran('told', 'sh', '-c', 'exit 3');
    await service.request('DELETE', `${BASE}/containers/told`);
    const of = async (filters: object) => (await get(`/events?stream=false&${filtered(filters)}`)).lines;
    const words = (await of({ container: ['told'] })).map((event) => member(event, 'Action'));
    assert.deepEqual(
      words.filter((word) => ['create', 'start', 'died', 'remove'].includes(String(word))),
      ['create', 'start', 'died', 'remove'],
    );
    const [died] = await of({ container: ['told'], EVENT: ['died'] });
    assert.equal(member(died, 'Actor', 'Attributes', 'containerExitCode'), '3');
    assert.equal(member(died, 'Actor', 'Attributes', 'podId'), '');
    assert.equal(member(died, 'status'), 'died');
    const [pull] = await of({ event: ['pull'] });
    assert.match(String(member(pull, 'Actor', 'ID')), /^[0-9a-f]{64}$/);
    assert.equal(member(pull, 'Actor', 'Attributes', 'name'), 'docker.io/library/busybox:latest');
    assert.equal(member(pull, 'Actor', 'Attributes', 'containerExitCode'), undefined);
    const old = await service.request('GET', `/v4.3.1/libpod/events?stream=false&${filtered({ event: ['pull'] })}`);
    assert.equal(member(old.lines[0], 'Actor', 'Attributes', 'containerExitCode'), '0');
    assert.equal((await of({ image: ['busybox'] })).length, 1);
    assert.equal((await of({ type: ['volume'] })).length, 0);
    assert.equal((await get(`/events?stream=false&${filtered({ nope: ['x'] })}`)).status, 400);
    assert.equal((await get('/events?stream=false&since=yesterday')).status, 400);
    assert.deepEqual((await get('/events?stream=false&until=2000-01-01')).lines, []);
  });

  test('disk usage has a row for each name, container and volume', async () => {
    await post('/images/busybox/tag?repo=twice');
    await ran('writer', 'sh', '-c', 'head -c 1000 /dev/zero > /written');
    const { json } = await get('/system/df');
    const rows = member(json, 'Images');
    assert.deepEqual(Array.isArray(rows) && rows.map((row) => `${Object(row).Repository}:${Object(row).Tag}`), [
      'docker.io/library/busybox:latest',
      'localhost/twice:latest',
    ]);
    assert.equal(member(json, 'ImagesSize'), member(json, 'Images', 0, 'Size'));
    assert.equal(member(json, 'Containers', 0, 'RWSize'), 1000);
    assert.equal(member(json, 'Containers', 0, 'Status'), 'exited');
  });

  test('a prune of everything takes what nothing uses and tells what it freed', async () => {
    await post('/volumes/create', { Name: 'unused' });
    assert.deepEqual((await post(`/system/prune?${filtered({ label: ['nope'] })}`)).at('VolumePruneReports'), []);
    const { json } = await post('/system/prune?all=true&volumes=true');
    assert.deepEqual(member(json, 'VolumePruneReports'), [{ Id: 'unused', Size: 0 }]);
    assert.equal(member(json, 'ContainerPruneReports', 0, 'Size'), 1000);
    const freed = Number(member(json, 'ImagePruneReports', 0, 'Size')) + 1000;
    assert.equal(member(json, 'ReclaimedSpace'), freed);
    assert.deepEqual((await get('/images/json')).json, []);
  });
});
