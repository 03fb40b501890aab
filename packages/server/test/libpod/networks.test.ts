import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const BASE = '/v5.4.0/libpod';

suite('networks of the libpod group', { timeout: 120_000 }, () => {
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

  async function run(name: string, spec: object = {}): Promise<string> {
    const created = await post('/containers/create', { name, image: 'alpine', command: ['sleep', '1000'], ...spec });
    assert.equal(created.status, 201, created.text);
    assert.equal((await post(`/containers/${name}/start`)).status, 204);
    return created.string('Id');
  }

  const names = ({ json }: Answer): unknown[] =>
    Array.isArray(json) ? json.map((network) => member(network, 'name')).sort() : [];

  test('what was asked for at create is what inspect shows, under both its paths', async () => {
    const created = await post('/networks/create', {
      name: 'full',
      driver: 'bridge',
      network_interface: 'slk-libpod',
      internal: true,
      dns_enabled: true,
      network_dns_servers: ['192.0.2.53'],
      labels: { tier: 'back' },
      options: { mtu: '1400', isolate: 'true', metric: '200' },
      subnets: [
        {
          subnet: '10.205.0.0/24',
          gateway: '10.205.0.5',
          lease_range: { start_ip: '10.205.0.20', end_ip: '10.205.0.30' },
        },
        { subnet: 'fd05:5::/64', lease_range: { start_ip: 'fd05:5::10' } },
      ],
      routes: [{ destination: '10.99.0.0/16', gateway: '10.205.0.7', metric: 5 }],
      ipam_options: { driver: 'host-local' },
    });
    assert.equal(created.status, 200, created.text);
    const expected = {
      name: 'full',
      id: created.at('id'),
      driver: 'bridge',
      network_interface: 'slk-libpod',
      created: created.at('created'),
      subnets: [
        {
          subnet: '10.205.0.0/24',
          gateway: '10.205.0.5',
          lease_range: { start_ip: '10.205.0.20', end_ip: '10.205.0.30' },
        },
        {
          subnet: 'fd05:5::/64',
          gateway: 'fd05:5::1',
          lease_range: { start_ip: 'fd05:5::10', end_ip: 'fd05:5::ffff:ffff:ffff:ffff' },
        },
      ],
      routes: [{ destination: '10.99.0.0/16', gateway: '10.205.0.7', metric: 5 }],
      ipv6_enabled: true,
      internal: true,
      dns_enabled: true,
      network_dns_servers: ['192.0.2.53'],
      labels: { tier: 'back' },
      options: { mtu: '1400', isolate: 'true', metric: '200' },
      ipam_options: { driver: 'host-local' },
    };
    assert.deepEqual(created.json, expected);
    for (const path of ['/networks/full/json', '/networks/full'])
      assert.deepEqual((await get(path)).json, { ...expected, containers: {} });
    assert.equal((await get('/networks/full/exists')).status, 204);
    assert.deepEqual((await remove('/networks/full')).json, [{ Name: 'full', Err: null }]);
    assert.equal((await get('/networks/full/exists')).status, 404);
  });

  test('a name that is taken is an error, unless that is all right', async () => {
    const first = await post('/networks/create', { name: 'twice' });
    assert.equal((await post('/networks/create', { name: 'twice' })).status, 409);
    const ignored = await post('/networks/create?ignoreIfExists=true', { name: 'twice' });
    assert.deepEqual([ignored.status, ignored.at('id')], [200, first.at('id')]);
    assert.equal((await post('/networks/create', {})).at('name'), 'podman1');
    for (const name of ['twice', 'podman1']) await remove(`/networks/${name}`);
  });

  test('what cannot be is refused', async () => {
    const cases: object[] = [
      { name: 'bridge' },
      { name: 'x', id: '0'.repeat(64) },
      { name: 'x', driver: 'macvlan' },
      { name: 'x', options: { vlan: '5' } },
      { name: 'x', options: { colour: 'red' } },
      { name: 'x', dns_enabled: false, network_dns_servers: ['192.0.2.1'] },
      { name: 'x', ipam_options: { driver: 'dhcp' } },
      { name: 'x', subnets: [{ subnet: 'nonsense' }] },
      { name: 'x', routes: [{ destination: '10.0.0.0/8' }] },
    ];
    for (const body of cases) {
      const answer = await post('/networks/create', body);
      assert.equal(answer.status, 400, `${JSON.stringify(body)}: ${answer.text}`);
    }
    assert.deepEqual(names(await get('/networks/json')), ['podman']);
  });

  test('host and none are modes here, not networks', async () => {
    for (const name of ['host', 'none']) {
      assert.equal((await get(`/networks/${name}/json`)).status, 404);
      assert.equal((await get(`/networks/${name}/exists`)).status, 404);
      assert.equal((await remove(`/networks/${name}?force=true`)).status, 404);
    }
    assert.equal((await remove('/networks/podman?force=true')).status, 403);
  });

  test('filters narrow the list', async () => {
    await post('/networks/create', { name: 'labelled', labels: { env: 'test' } });
    const listed = async (filters: object) =>
      names(await get(`/networks/json?filters=${encodeURIComponent(JSON.stringify(filters))}`));
    assert.deepEqual(await listed({ name: ['lab'] }), ['labelled']);
    assert.deepEqual(await listed({ label: ['env=test'] }), ['labelled']);
    assert.deepEqual(await listed({ 'label!': ['env'] }), ['podman']);
    assert.deepEqual(await listed({ dangling: ['true'] }), ['labelled']);
    assert.deepEqual(await listed({ driver: ['bridge'], until: ['1h'] }), []);
    const bad = await get(`/networks/json?filters=${encodeURIComponent('{"colour":["red"]}')}`);
    assert.equal(bad.status, 400);
    await remove('/networks/labelled');
  });

  test('a container is connected with what was asked for, and disconnected', async () => {
    await post('/networks/create', { name: 'extra', dns_enabled: true, subnets: [{ subnet: '10.206.0.0/24' }] });
    const id = await run('mover');
    const connected = await post('/networks/extra/connect', {
      container: 'mover',
      aliases: ['moved'],
      static_ips: ['10.206.0.9'],
      static_mac: '02:00:00:00:00:09',
      interface_name: 'extra0',
    });
    assert.deepEqual([connected.status, connected.text], [200, 'OK\n']);
    assert.deepEqual((await get('/networks/extra/json')).at('containers', id), {
      name: 'mover',
      interfaces: {
        extra0: {
          mac_address: '02:00:00:00:00:09',
          subnets: [{ ipnet: '10.206.0.9/24', gateway: '10.206.0.1' }],
        },
      },
    });
    const again = await post('/networks/extra/connect', { container: 'mover' });
    assert.deepEqual([again.status, again.at('cause')], [403, 'network is already connected']);
    assert.equal((await post('/networks/extra/disconnect', { Container: 'mover' })).text, 'OK\n');
    const gone = await post('/networks/extra/disconnect', { Container: 'mover' });
    assert.deepEqual([gone.status, gone.at('cause')], [404, 'network is not connected']);
    assert.equal((await post('/networks/nothing/connect', { container: 'mover' })).status, 404);
    assert.equal((await post('/networks/extra/connect', { container: 'nobody' })).status, 404);
    await remove('/containers/mover?force=true&timeout=0');
    await remove('/networks/extra');
  });

  test('name servers of a network change while its containers run', async () => {
    await post('/networks/create', { name: 'asking', dns_enabled: true, network_dns_servers: ['192.0.2.1'] });
    await run('asker', { Networks: { asking: {} } });
    const update = (adddnsservers: string[], removednsservers: string[]) =>
      post('/networks/asking/update', { adddnsservers, removednsservers });
    assert.equal((await update(['192.0.2.2'], ['192.0.2.1'])).status, 204);
    assert.deepEqual((await get('/networks/asking/json')).at('network_dns_servers'), ['192.0.2.2']);
    assert.equal((await update([], ['192.0.2.9'])).status, 400);
    assert.equal((await update(['nowhere'], [])).status, 400);
    await remove('/containers/asker?force=true&timeout=0');
    await remove('/networks/asking');
  });

  test('a network in use goes by force, with its containers', async () => {
    await post('/networks/create', { name: 'used' });
    await run('user', { Networks: { used: {} }, stop_timeout: 0 });
    const refused = await remove('/networks/used');
    assert.deepEqual([refused.status, refused.at('cause')], [403, 'network is being used']);
    await post('/containers/user/stop?timeout=0');
    assert.equal((await remove('/networks/used')).status, 403, 'one that does not run has it too');
    assert.deepEqual((await remove('/networks/used?force=true')).json, [{ Name: 'used', Err: null }]);
    assert.equal((await get('/containers/user/json')).status, 404);
  });

  test('pruning takes what no container has', async () => {
    await post('/networks/create', { name: 'idle' });
    assert.deepEqual((await post('/networks/prune')).json, [{ Name: 'idle', Error: null }]);
    assert.deepEqual((await post('/networks/prune')).json, []);
  });
});
