import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

suite('networks of the Docker group', { timeout: 120_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=alpine&tag=latest');
  });
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
  });

  const get = (path: string) => service.request('GET', `/v1.45${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v1.45${path}`, body);
  const remove = (path: string) => service.request('DELETE', `/v1.45${path}`);

  async function run(name: string, body: object): Promise<string> {
    const created = await post(`/containers/create?name=${name}`, { Image: 'alpine', Cmd: ['sleep', '1000'], ...body });
    assert.equal(created.status, 201, created.text);
    assert.equal((await post(`/containers/${name}/start`)).status, 204);
    return created.string('Id');
  }

  /** A shell in a running container. */
  async function shell(name: string, script: string): Promise<string> {
    const exec = await post(`/containers/${name}/exec`, { Cmd: ['sh', '-c', script], AttachStdout: true, Tty: true });
    const { socket } = await service.hijack(`/v1.45/exec/${exec.string('Id')}/start`, { Tty: true });
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk);
    return Buffer.concat(chunks).toString().replaceAll('\r', '');
  }

  const names = ({ json }: Answer): unknown[] =>
    Array.isArray(json) ? json.map((network) => member(network, 'Name')).sort() : [];

  test('what was asked for at create is what inspect shows', async () => {
    const created = await post('/networks/create', {
      Name: 'full',
      Driver: 'bridge',
      Internal: true,
      Attachable: true,
      EnableIPv6: true,
      IPAM: {
        Driver: 'default',
        Config: [
          {
            Subnet: '10.201.0.0/24',
            IPRange: '10.201.0.64/26',
            Gateway: '10.201.0.5',
            AuxiliaryAddresses: { printer: '10.201.0.70' },
          },
        ],
      },
      Options: { 'com.docker.network.driver.mtu': '1400', 'com.docker.network.bridge.name': 'slk-full' },
      Labels: { tier: 'back' },
    });
    assert.equal(created.status, 201, created.text);
    assert.equal(created.at('Warning'), '');
    const full = await get('/networks/full');
    const [v4, v6] = [full.at('IPAM', 'Config', 0), full.at('IPAM', 'Config', 1)];
    assert.deepEqual(v4, {
      Subnet: '10.201.0.0/24',
      IPRange: '10.201.0.64/26',
      Gateway: '10.201.0.5',
      AuxiliaryAddresses: { printer: '10.201.0.70' },
    });
    assert.match(String(member(v6, 'Subnet')), /^fd.*\/64$/);
    assert.deepEqual(
      ['Id', 'Driver', 'Scope', 'Internal', 'Attachable', 'EnableIPv6', 'Labels'].map((key) => full.at(key)),
      [created.at('Id'), 'bridge', 'local', true, true, true, { tier: 'back' }],
    );
    assert.equal(full.at('Options', 'com.docker.network.driver.mtu'), '1400');
    assert.equal((await remove('/networks/full')).status, 204);
    assert.equal((await get('/networks/full')).status, 404);
  });

  test('members that came later are for clients that know them', async () => {
    const keys = async (version: string) => {
      const { json } = await service.request('GET', `/v${version}/networks/bridge`);
      return ['EnableIPv4', 'Status'].map((key) => member(json, key) !== undefined);
    };
    assert.deepEqual(await keys('1.47'), [false, false]);
    assert.deepEqual(await keys('1.48'), [true, false]);
    assert.deepEqual(await keys('1.52'), [true, true]);
    const containers = async (version: string) =>
      member((await service.request('GET', `/v${version}/networks`)).json, 0, 'Containers');
    assert.deepEqual(await containers('1.45'), {});
    assert.equal(await containers('1.52'), undefined);
  });

  test('the default network is called bridge, host and null are listed, and none of them goes', async () => {
    assert.deepEqual(names(await get('/networks')), ['bridge', 'host', 'none']);
    assert.equal((await get('/networks/none')).at('Driver'), 'null');
    for (const name of ['bridge', 'host', 'none']) {
      const refused = await remove(`/networks/${name}`);
      assert.equal(refused.status, 403);
      assert.match(refused.string('message'), new RegExp(`^${name} is a pre-defined network`));
    }
    assert.equal((await get('/networks/bridge?scope=swarm')).status, 404);
    assert.equal((await get('/networks/bridge?scope=local&verbose=1')).status, 200);
  });

  test('what cannot be is refused', async () => {
    await post('/networks/create', { Name: 'taken', IPAM: { Config: [{ Subnet: '10.202.0.0/24' }] } });
    const cases: [object, number][] = [
      [{}, 400],
      [{ Name: 'taken' }, 409],
      [{ Name: 'host' }, 409],
      [{ Name: 'x', IPAM: { Config: [{ Subnet: '10.202.0.0/25' }] } }, 403],
      [{ Name: 'x', IPAM: { Config: [{ Subnet: 'nonsense' }] } }, 400],
      [{ Name: 'x', IPAM: { Config: [{ Gateway: '10.0.0.1' }] } }, 400],
      [{ Name: 'x', IPAM: { Driver: 'dhcp' } }, 400],
      [{ Name: 'x', IPAM: { Options: { colour: 'red' } } }, 400],
      [{ Name: 'x', Driver: 'overlay' }, 400],
      [{ Name: 'x', Options: { colour: 'red' } }, 400],
      [{ Name: 'x', Ingress: true }, 400],
      [{ Name: 'x', Scope: 'swarm' }, 400],
      [{ Name: 'x', ConfigOnly: true }, 400],
      [{ Name: 'x', ConfigFrom: { Network: 'taken' } }, 400],
    ];
    for (const [body, status] of cases) {
      const answer = await post('/networks/create', body);
      assert.equal(answer.status, status, `${JSON.stringify(body)}: ${answer.text}`);
    }
    assert.deepEqual(names(await get('/networks')), ['bridge', 'host', 'none', 'taken']);
    await remove('/networks/taken');
  });

  test('filters go by the names Docker has', async () => {
    const id = (await post('/networks/create', { Name: 'filtered', Labels: { env: 'test' } })).string('Id');
    const listed = async (filters: object) =>
      names(await get(`/networks?filters=${encodeURIComponent(JSON.stringify(filters))}`));
    assert.deepEqual(await listed({ name: ['bri'] }), ['bridge']);
    assert.deepEqual(await listed({ name: ['podman'] }), []);
    assert.deepEqual(await listed({ driver: ['null'] }), ['none']);
    assert.deepEqual(await listed({ id: { [id.slice(0, 12)]: true } }), ['filtered']);
    assert.deepEqual(await listed({ label: ['env=test'] }), ['filtered']);
    assert.deepEqual(await listed({ type: ['custom'] }), ['filtered']);
    assert.deepEqual(await listed({ type: ['builtin'] }), ['bridge', 'host', 'none']);
    assert.deepEqual(await listed({ scope: ['local'], dangling: ['true'] }), ['filtered']);
    for (const bad of [{ colour: ['red'] }, { type: ['odd'] }, { dangling: ['maybe'] }]) {
      const { status } = await get(`/networks?filters=${encodeURIComponent(JSON.stringify(bad))}`);
      assert.equal(status, 400, JSON.stringify(bad));
    }
    await remove('/networks/filtered');
  });

  test('a container that runs is connected and disconnected, and its network knows it', async () => {
    await post('/networks/create', { Name: 'extra', IPAM: { Config: [{ Subnet: '10.203.0.0/24' }] } });
    const id = await run('mover', {});
    const connected = await post('/networks/extra/connect', {
      Container: 'mover',
      EndpointConfig: {
        IPAMConfig: { IPv4Address: '10.203.0.77' },
        MacAddress: '02:00:00:00:00:77',
        Aliases: ['moved'],
      },
    });
    assert.equal(connected.status, 200, connected.text);
    assert.match(await shell('mover', 'ip -o addr show eth1'), /10\.203\.0\.77\/24/);
    assert.match(await shell('mover', 'cat /etc/hosts'), /^10\.203\.0\.77\t/m);
    assert.match(await shell('mover', 'cat /etc/resolv.conf'), /^nameserver 10\.203\.0\.1$/m);
    assert.match(await shell('mover', 'nslookup moved'), /Address: 10\.203\.0\.77/);
    const seen = (await get('/networks/extra')).at('Containers', id);
    assert.deepEqual(
      ['Name', 'MacAddress', 'IPv4Address', 'IPv6Address'].map((key) => member(seen, key)),
      ['mover', '02:00:00:00:00:77', '10.203.0.77/24', ''],
    );
    const again = await post('/networks/extra/connect', { Container: 'mover' });
    assert.equal(again.status, 403, again.text);
    assert.equal((await remove('/networks/extra')).status, 403);

    assert.equal((await post('/networks/bridge/disconnect', { Container: 'mover' })).status, 200);
    assert.match(await shell('mover', 'ip route'), /^default via 10\.203\.0\.1 dev eth1/m);
    assert.equal((await post('/networks/extra/disconnect', { Container: 'mover' })).status, 200);
    assert.equal(await shell('mover', 'ip -o link | grep -c eth'), '0\n');
    assert.deepEqual((await get('/containers/mover/json')).at('NetworkSettings', 'Networks'), {});
    assert.equal((await post('/networks/extra/disconnect', { Container: 'mover' })).status, 404);
    assert.equal((await post('/networks/bridge/connect', { Container: 'mover' })).status, 200);
    assert.match(await shell('mover', 'ip route'), /^default via \S+ dev eth0/m);
    await remove('/containers/mover?force=1');
    assert.equal((await remove('/networks/extra')).status, 204);
  });

  test('a container that is renamed while it runs is found by its new name only', async () => {
    await post('/networks/create', { Name: 'named' });
    for (const name of ['before', 'witness']) await run(name, { HostConfig: { NetworkMode: 'named' } });
    assert.equal((await post('/containers/before/rename?name=after')).status, 204);
    assert.match(await shell('witness', 'nslookup after'), /Name:\s+after/);
    assert.doesNotMatch(await shell('witness', 'nslookup before'), /Name:\s+before/);
    for (const name of ['after', 'witness']) await remove(`/containers/${name}?force=1`);
    await remove('/networks/named');
  });

  test('what was changed in the hosts file of a container stays when its networks change', async () => {
    await post('/networks/create', { Name: 'edited' });
    await run('editor', {});
    await shell('editor', 'echo 192.0.2.1 mine >> /etc/hosts; echo "# mine" >> /etc/resolv.conf');
    const before = await shell('editor', 'cat /etc/resolv.conf');
    await post('/networks/edited/connect', { Container: 'editor' });
    await post('/networks/bridge/disconnect', { Container: 'editor' });
    const hosts = await shell('editor', 'cat /etc/hosts');
    assert.match(hosts, /^192\.0\.2\.1 mine$/m);
    assert.equal(hosts.match(/editor$/gm)?.length, 1, hosts);
    assert.equal(await shell('editor', 'cat /etc/resolv.conf'), before);
    await remove('/containers/editor?force=1');
    await remove('/networks/edited');
  });

  test('a container that does not run is on its networks once it starts', async () => {
    await post('/networks/create', { Name: 'later' });
    await post('/containers/create?name=sleeper', { Image: 'alpine', Cmd: ['sleep', '1000'] });
    assert.equal((await post('/networks/later/connect', { Container: 'sleeper' })).status, 200);
    assert.equal((await post('/networks/bridge/disconnect', { Container: 'sleeper' })).status, 200);
    await post('/containers/sleeper/start');
    const networks = (await get('/containers/sleeper/json')).at('NetworkSettings', 'Networks');
    assert.deepEqual(Object.keys(Object(networks)), ['later']);
    assert.match(await shell('sleeper', 'ip route'), /^default/m);
    await post('/containers/sleeper/kill');
    await post('/containers/sleeper/wait');
    assert.equal((await remove('/networks/later')).status, 204, 'a network of stopped containers only goes');
    assert.equal((await post('/containers/sleeper/start')).status, 404);
    assert.equal((await post('/networks/later/disconnect', { Container: 'sleeper' })).status, 200);
    assert.equal((await post('/containers/sleeper/start')).status, 204);
    await remove('/containers/sleeper?force=1');
  });

  test('published ports follow the container to its next network', async () => {
    await post('/networks/create', { Name: 'first' });
    await post('/networks/create', { Name: 'second' });
    await run('server', {
      Cmd: ['httpd', '-f', '-p', '80', '-h', '/var/www'],
      HostConfig: { NetworkMode: 'first', PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1' }] } },
    });
    const port = async () =>
      (await get('/containers/server/json')).at('NetworkSettings', 'Ports', '80/tcp', 0, 'HostPort');
    const fetched = async () => (await fetch(`http://127.0.0.1:${await port()}/`)).text();
    const given = await port();
    assert.equal(await fetched(), 'hello\n');
    await post('/networks/second/connect', { Container: 'server' });
    await post('/networks/first/disconnect', { Container: 'server' });
    assert.equal(await port(), given);
    assert.equal(await fetched(), 'hello\n');
    await post('/networks/second/disconnect', { Container: 'server' });
    assert.equal(await port(), undefined);
    await assert.rejects(fetch(`http://127.0.0.1:${given}/`));
    await post('/networks/first/connect', { Container: 'server' });
    assert.equal(await fetched(), 'hello\n');
    await remove('/containers/server?force=1');
    await remove('/networks/first');
    await remove('/networks/second');
  });

  test('a connect that fails leaves the container as it was', async () => {
    await post('/networks/create', { Name: 'narrow', IPAM: { Config: [{ Subnet: '10.204.0.0/24' }] } });
    await run('holder', {
      HostConfig: { NetworkMode: 'narrow' },
      NetworkingConfig: { EndpointsConfig: { narrow: { IPAMConfig: { IPv4Address: '10.204.0.9' } } } },
    });
    await run('asker', {});
    const body = { Container: 'asker', EndpointConfig: { IPAMConfig: { IPv4Address: '10.204.0.9' } } };
    assert.equal((await post('/networks/narrow/connect', body)).status, 409);
    const networks = (await get('/containers/asker/json')).at('NetworkSettings', 'Networks');
    assert.deepEqual(Object.keys(Object(networks)), ['bridge']);
    assert.equal(await shell('asker', 'ip -o link | grep -c eth'), '1\n');
    await remove('/containers/asker?force=1');
    await remove('/containers/holder?force=1');
    await remove('/networks/narrow');
  });

  test('containers without interfaces of their own are not connected', async () => {
    await post('/networks/create', { Name: 'wanted' });
    await run('hosted', { HostConfig: { NetworkMode: 'host' } });
    await run('alone', { HostConfig: { NetworkMode: 'none' } });
    for (const Container of ['hosted', 'alone']) {
      assert.equal((await post('/networks/wanted/connect', { Container })).status, 400);
    }
    const { json } = await get('/networks/host');
    assert.deepEqual(
      Object.values(Object(member(json, 'Containers'))).map((one) => member(one, 'Name')),
      ['hosted'],
    );
    assert.equal((await post('/networks/wanted/connect', { Container: 'nobody' })).status, 404);
    assert.equal((await post('/networks/nothing/connect', { Container: 'alone' })).status, 400);
    assert.equal((await post('/networks/wanted/connect', {})).status, 400);
    for (const name of ['hosted', 'alone']) await remove(`/containers/${name}?force=1`);
    await remove('/networks/wanted');
  });

  test('pruning takes what no container has', async () => {
    await post('/networks/create', { Name: 'idle' });
    await post('/networks/create', { Name: 'kept', Labels: { keep: '' } });
    await post('/networks/create', { Name: 'busy' });
    await post('/containers/create?name=owner', { Image: 'alpine', HostConfig: { NetworkMode: 'busy' } });
    const filters = encodeURIComponent(JSON.stringify({ 'label!': ['keep'] }));
    assert.deepEqual((await post(`/networks/prune?filters=${filters}`)).at('NetworksDeleted'), ['idle']);
    assert.equal((await post(`/networks/prune?filters=${filters}`)).at('NetworksDeleted'), null);
    const bad = encodeURIComponent(JSON.stringify({ dangling: ['true'] }));
    assert.equal((await post(`/networks/prune?filters=${bad}`)).status, 400);
    await remove('/containers/owner');
    assert.deepEqual((await post('/networks/prune')).at('NetworksDeleted'), ['kept', 'busy']);
  });
});
