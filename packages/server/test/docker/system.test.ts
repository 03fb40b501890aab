import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

suite('docker system', () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await post('/images/create?fromImage=busybox&tag=latest');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  const get = (path: string, version = '1.45') => service.request('GET', `/v${version}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v1.45${path}`, body);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

  async function ran(name: string, ...Cmd: string[]): Promise<void> {
    const HostConfig = { NetworkMode: 'none' };
    await post(`/containers/create?name=${name}`, { Image: 'busybox', Cmd, HostConfig, Labels: { for: name } });
    await post(`/containers/${name}/start`);
    await post(`/containers/${name}/wait`);
  }

  async function happened(query: string, version?: string): Promise<unknown[]> {
    return (await get(`/events?since=0&until=${Date.now() / 1000}&${query}`, version)).lines;
  }

  test('ping says with its headers what clients negotiate by, to GET and HEAD alike', async () => {
    const answer = await service.request('GET', '/_ping');
    assert.equal(answer.text, 'OK');
    const head = await service.request('HEAD', '/_ping');
    for (const { headers } of [answer, head]) {
      assert.equal(headers['api-version'], '1.55');
      assert.equal(headers['builder-version'], '1');
      assert.equal(headers.ostype, 'linux');
      assert.equal(headers.swarm, 'inactive');
      assert.equal(headers['cache-control'], 'no-cache, no-store, must-revalidate');
    }
  });

  test('version names the engine, the runtime and the monitor', async () => {
    const { json } = await get('/version');
    assert.equal(member(json, 'ApiVersion'), '1.55');
    assert.equal(member(json, 'Components', 0, 'Name'), 'Engine');
    assert.match(String(member(json, 'Components', 1, 'Name')), /^(runc|crun)$/);
    assert.match(String(member(json, 'Components', 2, 'Version')), /^\d+\.\d+/);
  });

  test('info counts what is there, keeps its ID over a restart and has what its version had', async () => {
    const created = await post('/containers/create?name=counted', { Image: 'busybox' });
    const info = await get('/info');
    assert.equal(info.at('Containers'), 1);
    assert.equal(info.at('ContainersStopped'), 1);
    assert.equal(info.at('Images'), 1);
    assert.equal(info.at('DockerRootDir'), service.root);
    assert.equal(info.at('LiveRestoreEnabled'), true);
    assert.equal(info.at('RegistryConfig', 'IndexConfigs', images.registry, 'Secure'), false);
    assert.ok(Object.keys(Object(info.at('Runtimes'))).includes(info.string('DefaultRuntime')));
    assert.equal(typeof info.at('RuncCommit', 'Expected'), 'string');
    const newest = await get('/info', '1.55');
    assert.equal(newest.at('RuncCommit', 'Expected'), undefined);
    assert.equal(newest.at('BridgeNfIptables'), undefined);
    assert.deepEqual(newest.at('FirewallBackend'), { Driver: 'nftables' });
    await service.request('DELETE', `/containers/${created.string('Id')}`);
    await service.restart();
    assert.equal((await get('/info')).string('ID'), info.string('ID'));
  });

  test('events have docker’s words and who they are about', async () => {
    await ran('told', 'sh', '-c', 'exit 3');
    await post('/images/busybox/tag?repo=told&tag=1');
    await service.request('DELETE', '/images/told:1');
    await service.request('DELETE', '/containers/told');
    const words = (await happened(filtered({ container: ['told'] }))).map((event) => member(event, 'Action'));
    assert.deepEqual(
      words.filter((word) => word !== 'attach'),
      ['create', 'start', 'die', 'destroy'],
    );
    const [died] = await happened(filtered({ container: ['told'], event: ['die'] }));
    assert.equal(member(died, 'Actor', 'Attributes', 'exitCode'), '3');
    assert.equal(member(died, 'Actor', 'Attributes', 'for'), 'told');
    assert.equal(member(died, 'status'), 'die');
    assert.equal(member(died, 'from'), 'busybox');
    const [pull] = await happened(filtered({ type: ['image'], event: ['pull'] }));
    assert.equal(member(pull, 'Actor', 'ID'), 'busybox:latest');
    assert.equal(member(pull, 'Actor', 'Attributes', 'name'), 'busybox');
    const [tag] = await happened(filtered({ type: ['image'], event: ['tag'] }));
    assert.equal(member(tag, 'Actor', 'Attributes', 'name'), 'told:1');
    const [newest] = await happened(filtered({ event: ['die'] }), '1.52');
    assert.equal(member(newest, 'status'), undefined);
  });

  test('what was executed is part of the action, and may be left out of a filter', async () => {
    const HostConfig = { NetworkMode: 'none' };
    await post('/containers/create?name=execs', { Image: 'busybox', Cmd: ['sleep', '100'], HostConfig });
    await post('/containers/execs/start');
    const exec = await post('/containers/execs/exec', { Cmd: ['sh', '-c', 'exit 4'], AttachStdout: true });
    await post(`/exec/${exec.string('Id')}/start`, {});
    await service.request('DELETE', '/containers/execs?force=1');
    const about = async (event: string) =>
      (await happened(filtered({ container: ['execs'], event: [event] }))).map((one) => member(one, 'Action'));
    assert.deepEqual(await about('exec_create'), ['exec_create: sh -c exit 4']);
    assert.deepEqual(await about('exec_start: sh -c exit 4'), ['exec_start: sh -c exit 4']);
    const [died] = await happened(filtered({ event: ['exec_die'] }));
    assert.equal(member(died, 'Actor', 'Attributes', 'exitCode'), '4');
  });

  test('events by label, by image, of types that are not here, and by filters that are none', async () => {
    await ran('labelled', 'true');
    await service.request('DELETE', '/containers/labelled');
    const labelled = await happened(filtered({ label: ['for=labelled'] }));
    assert.ok(labelled.length >= 3);
    assert.equal((await happened(filtered({ label: ['for=nobody'] }))).length, 0);
    assert.ok((await happened(filtered({ image: ['busybox'], type: ['container'] }))).length >= 3);
    assert.deepEqual(await happened(filtered({ plugin: ['x'] })), []);
    assert.equal((await get(`/events?until=1&${filtered({ nope: ['x'] })}`)).status, 400);
    assert.equal((await get('/events?until=1&since=yesterday')).status, 400);
  });

  test('from 1.52 on a client chooses how events are framed', async () => {
    const framed = async (accept: string, version: string) => {
      const path = `/v${version}/events?since=0&until=${Date.now() / 1000}`;
      const answer = await service.open('GET', path, undefined, { headers: { accept } });
      let text = '';
      for await (const chunk of answer) text += chunk;
      return [answer.headers['content-type'], text] as const;
    };
    assert.equal((await framed('application/x-ndjson', '1.51'))[0], 'application/json');
    assert.equal((await framed('*/*', '1.52'))[0], 'application/json');
    assert.equal((await framed('application/x-ndjson', '1.52'))[0], 'application/x-ndjson');
    const cli = 'application/jsonl, application/x-ndjson;q=0.9, application/json-seq;q=0.5';
    assert.equal((await framed(cli, '1.53'))[0], 'application/jsonl');
    const [type, text] = await framed('application/json-seq', '1.52');
    assert.equal(type, 'application/json-seq');
    const records = text.split('\x1e').slice(1);
    assert.ok(records.length > 3);
    for (const record of records) assert.equal(typeof member(JSON.parse(record), 'Action'), 'string');
  });

  test('disk usage is measured and told as the version does', async () => {
    const HostConfig = { NetworkMode: 'none', Binds: ['measured:/data'] };
    const Cmd = ['sh', '-c', 'head -c 1000 /dev/zero > /written; head -c 500 /dev/zero > /data/kept'];
    await post('/containers/create?name=writer', { Image: 'busybox', Cmd, HostConfig });
    await post('/containers/writer/start');
    await post('/containers/writer/wait');
    const old = await get('/system/df');
    assert.equal(old.at('Containers', 0, 'SizeRw'), 1000);
    assert.deepEqual(old.at('Volumes', 0, 'UsageData'), { Size: 500, RefCount: 1 });
    assert.equal(old.at('Images', 0, 'Containers'), 1);
    assert.equal(old.at('LayersSize'), old.at('Images', 0, 'Size'));
    assert.equal(old.at('ImageUsage'), undefined);
    const newest = await get('/system/df', '1.55');
    assert.equal(newest.at('Images'), undefined);
    assert.deepEqual(newest.at('ContainerUsage'), {
      ActiveCount: 0,
      TotalCount: 1,
      Reclaimable: 1000,
      TotalSize: 1000,
    });
    assert.equal(newest.at('ImageUsage', 'Reclaimable'), 0);
    const verbose = await get('/system/df?verbose=1&type=volume', '1.52');
    assert.equal(verbose.at('VolumeUsage', 'Items', 0, 'Name'), 'measured');
    assert.equal(verbose.at('ImageUsage'), undefined);
    assert.equal(verbose.at('Volumes'), undefined);
    assert.equal((await get('/system/df?type=nope')).string('message'), 'unknown object type: nope');
    await service.request('DELETE', '/containers/writer');
  });

  test('credentials are tried on the registry they are for', async () => {
    const login = (serveraddress: string, body: object = { username: 'u', password: 'p' }): Promise<Answer> =>
      post('/auth', { ...body, serveraddress });
    const fine = await login(`http://${images.registry}/v2/`);
    assert.equal(fine.status, 200, fine.text);
    assert.equal(fine.at('Status'), 'Login Succeeded');
    assert.equal((await login(images.registry, {})).status, 400);
    assert.equal((await login('127.0.0.1:1')).status, 500);
  });
});
