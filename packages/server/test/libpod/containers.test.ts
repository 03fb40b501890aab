import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const BASE = '/v5.4.0/libpod';

suite('libpod containers', { timeout: 120_000 }, () => {
  const held = new AsyncDisposableStack();
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = held.use(await startImageSource());
    service = held.use(await startService({ args: images.args }));
    await post('/images/pull?reference=alpine&quiet=true');
  });
  after(() => held.disposeAsync());

  const get = (path: string) => service.request('GET', `${BASE}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `${BASE}${path}`, body);
  const remove = (path: string) => service.request('DELETE', `${BASE}${path}`);
  const filtered = (filters: object) => `filters=${encodeURIComponent(JSON.stringify(filters))}`;

  async function created(spec: object): Promise<string> {
    const answer = await post('/containers/create', { image: 'alpine', command: ['sleep', '1000'], ...spec });
    assert.equal(answer.status, 201, answer.text);
    return answer.string('Id');
  }

  async function started(spec: object): Promise<string> {
    const id = await created(spec);
    const answer = await post(`/containers/${id}/start`);
    assert.equal(answer.status, 204, answer.text);
    return id;
  }

  /** A container that does something at a signal, ready to get it. */
  async function trapping(action: string, signal: string): Promise<string> {
    const script = `trap "${action}" ${signal}; echo ready; while :; do sleep 0.05; done`;
    const id = await started({ command: ['sh', '-c', script] });
    while (!(await get(`/containers/${id}/logs?stdout=true`)).text.includes('ready'));
    return id;
  }

  const discard = (...ids: readonly string[]) =>
    Promise.all(ids.map((id) => remove(`/containers/${id}?force=true&timeout=0&depend=true`)));

  const status = async (work: Promise<Answer>) => (await work).status;
  const cause = async (work: Promise<Answer>) => {
    const answer = await work;
    return [answer.status, answer.at('cause')];
  };

  test('start and stop say when there was nothing to do', async () => {
    const id = await started({ name: 'once' });
    assert.equal(await status(post('/containers/once/start')), 304);
    assert.equal(await status(post('/containers/once/stop?timeout=0')), 204);
    assert.equal(await status(post('/containers/once/stop')), 304);
    assert.equal(await status(post('/containers/once/stop?ignore=true')), 204);
    assert.equal(await status(post('/containers/once/restart?t=0')), 204);
    assert.equal((await get(`/containers/${id}/json`)).at('State', 'Status'), 'running');
    await discard(id);
  });

  test('a container is made ready, and started, stopped or removed from there', async () => {
    const id = await created({ healthconfig: { Test: ['CMD', 'true'] } });
    const state = async () => (await get(`/containers/${id}/json`)).at('State', 'Status');
    assert.equal(await status(post(`/containers/${id}/init`)), 204);
    assert.equal(await status(post(`/containers/${id}/init`)), 304);
    assert.equal(await state(), 'initialized');
    assert.deepEqual((await get('/containers/json')).json, []);
    assert.equal(member((await get(`/containers/json?${filtered({ status: ['initialized'] })}`)).json, 0, 'Id'), id);
    await service.kill();
    await service.start();
    assert.equal(await state(), 'initialized', 'also after a service that was killed');
    assert.equal(await status(post(`/containers/${id}/start`)), 204);
    assert.equal(await state(), 'running');
    assert.equal(await status(post(`/containers/${id}/init`)), 304);
    await post(`/containers/${id}/stop?timeout=0`);

    assert.equal(await status(post(`/containers/${id}/init`)), 204);
    assert.equal(await status(post(`/containers/${id}/stop?timeout=60`)), 204, 'without waiting');
    assert.equal(await state(), 'exited');
    assert.equal(await status(post(`/containers/${id}/init`)), 204);
    assert.equal(await status(remove(`/containers/${id}`)), 200, 'without force');
  });

  test('a container is paused and goes on', async () => {
    const id = await started({});
    assert.equal(await status(post(`/containers/${id}/pause`)), 204);
    assert.deepEqual(await cause(post(`/containers/${id}/pause`)), [409, 'container state improper']);
    assert.deepEqual((await get(`/containers/${id}/json`)).at('State', 'Paused'), true);
    assert.deepEqual((await get('/containers/json')).json, [], 'only what runs is listed unasked');
    assert.equal(member((await get(`/containers/json?${filtered({ status: ['paused'] })}`)).json, 0, 'Id'), id);
    assert.equal(await status(post(`/containers/${id}/unpause`)), 204);
    assert.deepEqual(await cause(post(`/containers/${id}/unpause`)), [409, 'container state improper']);
    await discard(id);
  });

  test('kill sends the signal asked for, to what runs', async () => {
    const id = await trapping('exit 7', 'USR1');
    const waited = post(`/containers/${id}/wait`);
    assert.equal(await status(post(`/containers/${id}/kill?signal=USR1`)), 204);
    assert.equal((await waited).text, '7\n');
    assert.deepEqual(await cause(post(`/containers/${id}/kill`)), [409, 'container state improper']);
    assert.equal(await status(post(`/containers/${id}/kill?signal=NONSENSE`)), 400);
    await discard(id);
  });

  test('whoever is not there is told in podman’s words', async () => {
    const unknown = [404, 'no such container'];
    for (const verb of ['start', 'stop', 'kill', 'pause', 'unpause', 'restart', 'wait', 'shouldrestart']) {
      assert.deepEqual(await cause(post(`/containers/nobody/${verb}`)), unknown, verb);
    }
    for (const verb of ['json', 'exists', 'logs?stdout=true', 'top', 'stats', 'healthcheck']) {
      assert.deepEqual(await cause(get(`/containers/nobody/${verb}`)), unknown, verb);
    }
    assert.deepEqual(await cause(remove('/containers/nobody')), unknown);
    assert.deepEqual((await remove('/containers/nobody?ignore=true')).json, []);
  });

  test('wait answers with the exit code, once a state is reached and for what is gone', async () => {
    const id = await created({ command: ['sh', '-c', 'exit 6'], remove: true });
    assert.equal((await post(`/containers/${id}/wait?condition=created`)).text, '-1\n');
    assert.equal((await post(`/containers/${id}/wait`)).text, '0\n', 'one that never ran has ended');
    const running = post(`/containers/${id}/wait?condition=running&condition=exited&interval=10ms`);
    const removed = post(`/containers/${id}/wait?condition=removing`);
    await post(`/containers/${id}/start`);
    assert.equal((await running).text, '-1\n');
    assert.equal((await removed).text, '6\n');
    await service.restart();
    assert.equal((await post(`/containers/${id}/wait`)).text, '6\n', 'also for one that removed itself');
    assert.equal(await status(post(`/containers/${id.slice(0, 12)}/wait`)), 404);
    assert.equal(await status(post(`/containers/${id}/wait?condition=running`)), 404);
  });

  test('wait refuses states and intervals nobody knows', async () => {
    const id = await created({});
    assert.equal(await status(post(`/containers/${id}/wait?condition=asleep`)), 400);
    assert.equal(await status(post(`/containers/${id}/wait?interval=soon`)), 400);
    await discard(id);
  });

  test('wait for health returns when the check has passed', async () => {
    const healthconfig = { Test: ['CMD-SHELL', 'test -e /ok'], Interval: 100_000_000, Retries: 1 };
    const id = await started({ healthconfig });
    assert.equal((await post(`/containers/${id}/wait?condition=unhealthy`)).text, '-1\n');
    assert.equal(member((await get('/containers/json')).json, 0, 'Status'), 'unhealthy');
    const { text } = await post(`/containers/${id}/exec`, { Cmd: ['touch', '/ok'] });
    const exec = member(JSON.parse(text), 'Id');
    await post(`/exec/${exec}/start`, { Detach: true });
    assert.equal((await post(`/containers/${id}/wait?condition=healthy`)).text, '-1\n');
    assert.equal((await get(`/containers/${id}/healthcheck`)).at('Status'), 'healthy');
    await discard(id);
  });

  test('a health check of what has none, or does not run, is refused', async () => {
    const bare = await started({});
    assert.equal(await status(get(`/containers/${bare}/healthcheck`)), 409);
    const stopped = await created({ healthconfig: { Test: ['CMD', 'true'] } });
    assert.equal(await status(get(`/containers/${stopped}/healthcheck`)), 409);
    await discard(bare, stopped);
  });

  test('remove tells of each container, and takes dependents along only if asked', async () => {
    const donor = await started({ name: 'donor' });
    const guest = await started({ netns: { nsmode: 'container', value: 'donor' } });
    assert.deepEqual((await get(`/containers/${guest}/json`)).at('Dependencies'), [donor]);
    assert.deepEqual(await cause(remove('/containers/donor?force=true&timeout=0')), [409, 'container state improper']);
    assert.deepEqual(await cause(remove(`/containers/${guest}`)), [409, 'container state improper']);
    const { json } = await remove('/containers/donor?force=true&timeout=0&depend=true');
    assert.deepEqual(json, [{ Id: guest }, { Id: donor }]);
    assert.equal(await status(get('/containers/donor/exists')), 404);
  });

  test('removal by force lets a container end by itself first', async () => {
    const id = await trapping('exit 3', 'TERM');
    const waited = post(`/containers/${id}/wait`);
    assert.deepEqual((await remove(`/containers/${id}?force=true&timeout=10`)).json, [{ Id: id }]);
    assert.equal((await waited).text, '3\n');
  });

  test('prune removes what does not run and the filters name', async () => {
    const [kept, doomed] = [await created({ labels: { keep: 'yes' } }), await created({ labels: { keep: 'no' } })];
    const { json } = await post(`/containers/prune?${filtered({ label: ['keep=no'] })}`);
    assert.deepEqual(json, [{ Id: doomed, Size: 0 }]);
    assert.equal(await status(get(`/containers/${kept}/exists`)), 204);
    assert.equal(await status(post(`/containers/prune?${filtered({ nonsense: ['x'] })}`)), 400);
    await discard(kept);
  });

  test('a container is renamed unless the name is taken', async () => {
    const ids = [await created({ name: 'first' }), await created({ name: 'second' })];
    assert.deepEqual(await cause(post('/containers/first/rename?name=second')), [409, 'that name is already in use']);
    assert.equal(await status(post('/containers/first/rename?name=third')), 204);
    assert.equal((await get('/containers/third/json')).at('Id'), ids[0]);
    const taken = post('/containers/create', { image: 'alpine', name: 'third' });
    assert.deepEqual(await cause(taken), [409, 'that name is already in use']);
    await discard(...ids);
  });

  test('the list tells what clients print', async () => {
    const id = await started({
      name: 'shown',
      labels: { a: 'b' },
      portmappings: [
        { container_port: 80, host_port: 0 },
        { container_port: 8000, host_port: 0, range: 1, protocol: 'udp', host_ip: '127.0.0.1' },
      ],
      expose: { '81': 'tcp,udp' },
      mounts: [{ type: 'tmpfs', destination: '/t' }],
    });
    const [shown] = Array.from(Object((await get('/containers/json?namespace=true&size=true')).json));
    const of = (...path: string[]) => member(shown, ...path);
    assert.deepEqual(
      [of('Names'), of('Image'), of('Command'), of('State'), of('Labels'), of('Mounts'), of('Networks')],
      [['shown'], 'docker.io/library/alpine:latest', ['sleep', '1000'], 'running', { a: 'b' }, ['/t'], ['podman']],
    );
    assert.match(String(of('ImageID')), /^[0-9a-f]{64}$/);
    assert.deepEqual(of('ExposedPorts'), { 81: ['tcp', 'udp'] });
    const ports = Array.from(Object(of('Ports')), (port) => [member(port, 'container_port'), member(port, 'host_ip')]);
    assert.deepEqual(ports, [
      [80, ''],
      [8000, '127.0.0.1'],
    ]);
    assert.match(String(of('Namespaces', 'Pidns')), /^\d+$/);
    assert.ok(Number(of('Size', 'rootFsSize')) > Number(of('Size', 'rwSize')));
    assert.ok(Math.abs(Number(of('StartedAt')) - Date.now() / 1000) < 60);
    await discard(id);
  });

  test('filters and limits choose what is listed', async () => {
    const [first, second] = [await created({ labels: { x: '1' } }), await created({ labels: { x: '2' } })];
    const listed = async (query: string) => {
      const { json } = await get(`/containers/json?${query}`);
      return Array.from(Object(json), (item) => member(item, 'Id'));
    };
    assert.deepEqual(await listed(''), []);
    assert.deepEqual(await listed('all=true'), [second, first]);
    assert.deepEqual(await listed('limit=1'), [second]);
    assert.deepEqual(await listed('last=1'), [second]);
    assert.deepEqual(await listed(`all=true&${filtered({ label: ['x=1'] })}`), [first]);
    assert.deepEqual(await listed(filtered({ status: ['created'] })), [second, first]);
    assert.deepEqual(await listed(`all=true&${filtered({ id: [first.slice(0, 12)] })}`), [first]);
    assert.deepEqual(await listed(`all=true&${filtered({ ancestor: ['docker.io/library/alpine'] })}`), [second, first]);
    assert.equal(await status(get(`/containers/json?${filtered({ nonsense: ['x'] })}`)), 400);
    await discard(first, second);
  });

  test('inspect shows what was asked for, in the shape of the version asked', async () => {
    const id = await started({
      name: 'seen',
      entrypoint: ['sh', '-c'],
      command: ['sleep 1000'],
      stop_signal: 2,
      stop_timeout: 3,
      cap_add: ['CAP_NET_ADMIN'],
      resource_limits: { memory: { limit: 67108864 }, pids: { limit: 50 } },
      read_only_filesystem: true,
      read_write_tmpfs: true,
      restart_policy: 'on-failure',
      restart_tries: 4,
      hostadd: ['db:10.0.0.1'],
      portmappings: [{ container_port: 80, host_port: 0 }],
      containerCreateCommand: ['podman', 'run'],
    });
    const answer = await get('/containers/seen/json?size=true');
    const config = (name: string) => answer.at('Config', name);
    assert.deepEqual(config('Entrypoint'), ['sh', '-c']);
    assert.deepEqual([config('StopSignal'), config('StopTimeout')], ['SIGINT', 3]);
    assert.deepEqual(config('CreateCommand'), ['podman', 'run']);
    assert.deepEqual(config('ExposedPorts'), { '80/tcp': {} });
    const host = (name: string) => answer.at('HostConfig', name);
    assert.deepEqual([host('CapAdd'), host('Memory'), host('PidsLimit')], [['CAP_NET_ADMIN'], 67108864, 50]);
    assert.deepEqual(host('RestartPolicy'), { Name: 'on-failure', MaximumRetryCount: 4 });
    assert.deepEqual([host('NetworkMode'), host('ExtraHosts')], ['bridge', ['db:10.0.0.1']]);
    assert.deepEqual(Object.keys(Object(host('Tmpfs'))), ['/run', '/tmp', '/var/tmp']);
    assert.ok(Array.from(Object(answer.at('EffectiveCaps'))).includes('CAP_NET_ADMIN'));
    assert.match(String(answer.at('NetworkSettings', 'Networks', 'podman', 'IPAddress')), /^\d+\.\d+\.\d+\.\d+$/);
    assert.match(String(answer.at('NetworkSettings', 'Ports', '80/tcp', 0, 'HostPort')), /^\d+$/);
    assert.ok(Number(answer.at('SizeRootFs')) > 0);

    const older = await service.request('GET', '/v4.3.1/libpod/containers/seen/json');
    assert.deepEqual([older.at('Config', 'Entrypoint'), older.at('Config', 'StopSignal')], ['sh -c', 2]);
    await discard(id);
  });

  test('limits and restart policy are changed while it runs', async () => {
    const id = await started({ resource_limits: { memory: { limit: 67108864 } } });
    const change = { memory: { limit: 33554432 }, cpu: { quota: 50000, period: 100000 } };
    const answer = await post(`/containers/${id}/update?restartPolicy=on-failure:2`, change);
    assert.deepEqual([answer.status, answer.text], [201, `${id}\n`]);
    const seen = await get(`/containers/${id}/json`);
    assert.deepEqual([seen.at('HostConfig', 'Memory'), seen.at('HostConfig', 'NanoCpus')], [33554432, 500_000_000]);
    assert.deepEqual(seen.at('HostConfig', 'RestartPolicy'), { Name: 'on-failure', MaximumRetryCount: 2 });
    assert.equal(await status(post(`/containers/${id}/update`, { health_cmd: 'true' })), 400);
    assert.equal(await status(post(`/containers/${id}/update?restartPolicy=sometimes`)), 400);
    assert.equal(await status(post(`/containers/${id}/update`, { memory: { limit: 1 } })), 400);
    await discard(id);
  });

  test('only what its policy starts again is said to be', async () => {
    const id = await created({ command: ['false'], restart_policy: 'on-failure', restart_tries: 1, remove: true });
    assert.equal(await status(post(`/containers/${id}/shouldrestart`)), 409);
    await post(`/containers/${id}/start`);
    assert.equal((await post(`/containers/${id}/wait?condition=removing`)).text, '1\n', 'after its last try it goes');
  });

  test('a container of the wrong platform or on what is not there is not made', async () => {
    const refused = async (spec: object) => status(post('/containers/create', { image: 'alpine', ...spec }));
    assert.equal(await refused({ image_arch: 's390x' }), 404);
    assert.equal(await refused({ mounts: [{ type: 'bind', source: '/not/there', destination: '/x' }] }), 400);
    assert.equal(await refused({ image: 'nothing-of-the-kind' }), 404);
    assert.equal(await refused({ healthMaxLogCount: 17 }), 400);
    assert.deepEqual((await get('/containers/json?all=true')).json, []);
  });
});
