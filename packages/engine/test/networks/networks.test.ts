import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, isSelkieError } from '@selkie/contract';
import type { NetworkAttachments } from '../../src/containers/definition.ts';
import type { NetworkDefinition } from '../../src/networks/definition.ts';
import { Networks, type NetworksOptions, type NetworkUser } from '../../src/networks/networks.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { FakeNetworkDriver } from '../support/fake-network-driver.ts';
import { MemoryStateStore } from '../support/memory-state.ts';

function setup(state: StateStore = new MemoryStateStore(), more: Partial<NetworksOptions> = {}) {
  const driver = new FakeNetworkDriver();
  const events: string[] = [];
  const users = new Map<string, NetworkUser[]>();
  const options: NetworksOptions = {
    state,
    driver,
    host: driver,
    emit: (type, action, id, name, attributes = {}) => {
      events.push([action, name, attributes.container].filter(Boolean).join(' '));
      return { sequence: events.length, time: 0n, type, action, id, name, attributes };
    },
    users: (id) => users.get(id) ?? [],
    ...more,
  };
  return { state, driver, events, users, networks: new Networks(options) };
}

const fails = (code: ErrorCode, text?: RegExp) => (error: unknown) =>
  isSelkieError(error, code) && (text === undefined || text.test(error.message));

const bridge = (endpoints: NetworkAttachments['endpoints'] = {}): NetworkAttachments => ({
  mode: { kind: 'bridge' },
  endpoints,
  ports: [],
  exposed: [],
  publishAll: false,
});

test('the default, host and none networks exist from the start and stay the same', () => {
  const { state, networks } = setup();
  assert.deepEqual(
    networks
      .list()
      .map(({ name, driver }) => [name, driver])
      .sort(),
    [
      ['host', 'host'],
      ['none', 'none'],
      ['podman', 'bridge'],
    ],
  );
  const podman = networks.find('podman');
  assert.deepEqual(podman.subnets, [{ subnet: '10.88.0.0/16', gateway: '10.88.0.1' }]);
  assert.equal(podman.dns, false);
  assert.equal(podman.interfaceName, 'selkie0');
  assert.deepEqual(setup(state).networks.list(), networks.list());
});

test('the default network keeps clear of the host', () => {
  const driver = new FakeNetworkDriver();
  driver.hostSubnets = ['10.88.5.0/24', '10.89.0.0/24'];
  driver.interfaces = ['selkie0'];
  const podman = setup(undefined, { host: driver }).networks.find('podman');
  assert.equal(podman.subnets[0]?.subnet, '10.89.1.0/24');
  assert.equal(podman.interfaceName, `br-${podman.id.slice(0, 12)}`);
});

test('two services that were started before either had a container do not end up on one subnet and interface', () => {
  const { driver, networks } = setup();
  const podman = networks.find('podman');
  const [endpoint] = networks.resolve({
    mode: { kind: 'bridge' },
    endpoints: { podman: { aliases: [] } },
    ports: [],
    exposed: [],
    publishAll: false,
  });
  assert.ok(endpoint);
  driver.hostSubnets = ['10.88.0.0/16'];
  driver.interfaces = ['selkie0'];
  const [plan] = networks.plan('c1', [endpoint]);
  assert.equal(plan?.network.subnets[0]?.subnet, '10.89.0.0/24');
  assert.equal(plan?.ipv4?.address, '10.89.0.2');
  assert.equal(plan?.network.interfaceName, `br-${podman.id.slice(0, 12)}`);
  // With an address leased it stays where it is.
  driver.hostSubnets = ['10.89.0.0/24'];
  assert.equal(networks.plan('c2', [endpoint])[0]?.ipv4?.address, '10.89.0.3');
});

test('a network without wishes gets a free subnet, names, and an interface called after its ID', () => {
  const { driver, networks, events } = setup();
  driver.hostSubnets = ['10.89.0.0/23', '10.89.3.128/25'];
  const a = networks.create({ name: 'a', subnets: [] });
  const b = networks.create({ name: 'b', subnets: [], ipv6: true });
  assert.deepEqual(a.subnets, [{ subnet: '10.89.2.0/24', gateway: '10.89.2.1' }]);
  assert.equal(b.subnets[0]?.subnet, '10.89.4.0/24');
  assert.match(b.subnets[1]?.subnet ?? '', /^fd[0-9a-f:]+::\/64$/);
  assert.equal(a.interfaceName, `br-${a.id.slice(0, 12)}`);
  assert.match(a.id, /^[0-9a-f]{64}$/);
  assert.equal(a.dns, true);
  assert.equal(networks.create({ subnets: [] }).name, 'podman1');
  assert.deepEqual(events, ['create a', 'create b', 'create podman1']);
});

test('what is asked for is kept', () => {
  const { networks } = setup();
  const net = networks.create({
    name: 'full',
    subnets: [
      { subnet: '10.5.5.7/24', gateway: '10.5.5.254', range: '10.5.5.128/26', reserved: { printer: '10.5.5.130' } },
      { subnet: 'fd05::/64', range: { start: 'fd05::10', end: 'fd05::20' } },
    ],
    internal: true,
    dns: false,
    labels: { a: 'b' },
    options: {
      mtu: '1400',
      'com.docker.network.bridge.name': 'full0',
      'com.docker.network.bridge.enable_icc': 'false',
    },
    routes: [{ destination: '10.6.0.0/16', gateway: '10.5.5.3', metric: 5 }],
  });
  assert.deepEqual(net.subnets, [
    {
      subnet: '10.5.5.0/24',
      gateway: '10.5.5.254',
      range: { start: '10.5.5.128', end: '10.5.5.191' },
      reserved: { printer: '10.5.5.130' },
    },
    { subnet: 'fd05::/64', gateway: 'fd05::1', range: { start: 'fd05::10', end: 'fd05::20' } },
  ]);
  assert.deepEqual(
    [net.internal, net.dns, net.mtu, net.interfaceName, net.interContainer, net.ipv6, net.labels, net.routes.length],
    [true, false, 1400, 'full0', false, true, { a: 'b' }, 1],
  );
});

test('what cannot be is refused', () => {
  const { driver, networks } = setup();
  driver.hostSubnets = ['192.0.2.0/24'];
  networks.create({ name: 'here', subnets: [{ subnet: '10.7.0.0/16' }], interfaceName: 'here0' });
  const subnet = (given: NetworkDefinition['subnets'][number]): NetworkDefinition => ({ name: 'x', subnets: [given] });
  const cases: [NetworkDefinition, ErrorCode][] = [
    [{ name: 'here', subnets: [] }, 'NETWORK_EXISTS'],
    [{ name: 'host', subnets: [] }, 'NETWORK_EXISTS'],
    [{ name: 'podman', subnets: [] }, 'NETWORK_EXISTS'],
    [{ name: 'default', subnets: [] }, 'INVALID_PARAMETER'],
    [{ name: '', subnets: [] }, 'INVALID_PARAMETER'],
    [{ name: 'a b', subnets: [] }, 'INVALID_PARAMETER'],
    [{ name: '../x', subnets: [] }, 'INVALID_PARAMETER'],
    [subnet({ subnet: 'nonsense' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.0.0.0/32' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.7.9.0/24' }), 'SUBNET_OVERLAP'],
    [subnet({ subnet: '10.0.0.0/8' }), 'SUBNET_OVERLAP'],
    [subnet({ subnet: '192.0.2.128/25' }), 'SUBNET_OVERLAP'],
    [subnet({ subnet: '10.8.0.0/24', gateway: '10.9.0.1' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.8.0.0/24', gateway: '10.8.0.0' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.8.0.0/24', gateway: '10.8.0.255' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.8.0.0/24', range: '10.9.0.0/24' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.8.0.0/24', range: '10.8.0.0/16' }), 'INVALID_PARAMETER'],
    [subnet({ subnet: '10.8.0.0/24', range: { start: '10.8.0.9', end: '10.8.0.8' } }), 'INVALID_PARAMETER'],
    [subnet({ gateway: '10.8.0.1' }), 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [{ subnet: '10.8.0.0/24' }, { subnet: '10.9.0.0/24' }] }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], ipv4: false }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], driver: 'macvlan' }, 'UNSUPPORTED'],
    [{ name: 'x', subnets: [], ipamDriver: 'dhcp' }, 'UNSUPPORTED'],
    [{ name: 'x', subnets: [], options: { colour: 'red' } }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], options: { toString: '1' } }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], options: { mtu: 'big' } }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], ipamOptions: { colour: 'red' } }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], interfaceName: 'here0' }, 'CONFLICT'],
    [{ name: 'x', subnets: [], interfaceName: 'a-name-too-long-for-linux' }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], interfaceName: 'a"b' }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], dnsServers: ['nowhere'] }, 'INVALID_PARAMETER'],
    [{ name: 'x', subnets: [], routes: [{ destination: '10.0.0.0/8', gateway: 'fd00::1' }] }, 'INVALID_PARAMETER'],
  ];
  const before = networks.list().length;
  for (const [definition, code] of cases)
    assert.throws(() => networks.create(definition), fails(code), JSON.stringify(definition));
  assert.equal(networks.list().length, before);
});

test('networks are found by ID, name and the beginning of an ID', () => {
  const { networks } = setup();
  const made = Array.from({ length: 20 }, () => networks.create({ subnets: [] }));
  const [first] = made;
  assert.ok(first);
  assert.equal(networks.find(first.id), first);
  assert.equal(networks.find(first.name), first);
  assert.equal(networks.find(first.id.slice(0, 20)), first);
  // Seventeen and more IDs share a first digit somewhere.
  const shared = made.map(({ id }) => id[0] ?? '').find((digit, i, all) => all.indexOf(digit) !== i) ?? '';
  assert.throws(() => networks.find(shared), fails('AMBIGUOUS_ID'));
  assert.throws(() => networks.find('nothing'), fails('NO_SUCH_NETWORK'));
  assert.throws(() => networks.find(''), fails('NO_SUCH_NETWORK'));
});

test('filters narrow the list', () => {
  const { networks, users } = setup();
  const a = networks.create({ name: 'alpha', subnets: [], labels: { env: 'prod', tier: '' } });
  networks.create({ name: 'beta', subnets: [], labels: { env: 'test' } });
  users.set(a.id, [{ id: 'c', name: 'c', running: false }]);
  const names = (filters: Record<string, string[]>) =>
    networks
      .list(filters)
      .map(({ name }) => name)
      .sort();
  assert.deepEqual(names({ name: ['lph'] }), ['alpha']);
  assert.deepEqual(names({ name: ['^beta$', 'alpha'] }), ['alpha', 'beta']);
  assert.deepEqual(names({ id: [a.id.slice(0, 10)] }), ['alpha']);
  assert.deepEqual(names({ driver: ['host'] }), ['host']);
  assert.deepEqual(names({ label: ['env'] }), ['alpha', 'beta']);
  assert.deepEqual(names({ label: ['env=prod', 'tier'] }), ['alpha']);
  assert.deepEqual(names({ 'label!': ['env=prod'] }), ['beta', 'host', 'none', 'podman']);
  assert.deepEqual(names({ dangling: ['true'] }), ['beta']);
  assert.deepEqual(names({ dangling: ['false'] }), ['alpha', 'host', 'none', 'podman']);
  assert.deepEqual(names({ type: ['custom'] }), ['alpha', 'beta']);
  assert.deepEqual(names({ type: ['builtin'] }), ['host', 'none', 'podman']);
  assert.deepEqual(names({ scope: ['local'], name: ['beta'] }), ['beta']);
  assert.deepEqual(names({ scope: ['swarm'] }), []);
  assert.deepEqual(names({ until: ['1h'] }), []);
  assert.equal(names({ until: [String(Date.now() / 1000 + 60)] }).length, 5);
  assert.equal(names({ until: [new Date(Date.now() + 60_000).toISOString()] }).length, 5);
  for (const key of ['colour', 'constructor']) assert.throws(() => names({ [key]: ['x'] }), fails('INVALID_FILTER'));
  for (const key of ['dangling', 'type', 'until']) {
    assert.throws(() => names({ [key]: ['odd'] }), fails('INVALID_PARAMETER'), key);
  }
});

test('a network in use or predefined is not removed; a free one is, with its leases', async () => {
  const { networks, users, driver, events, state } = setup();
  const net = networks.create({ name: 'net', subnets: [] });
  for (const name of ['podman', 'host', 'none'])
    await assert.rejects(networks.remove(name), fails('NETWORK_PREDEFINED'));
  networks.plan('c1', networks.resolve(bridge({ net: { aliases: [] } })));
  await assert.rejects(networks.remove('net'), fails('NETWORK_IN_USE'));
  networks.release('c1');
  users.set(net.id, [{ id: 'c1', name: 'c', running: false }]);
  await assert.rejects(networks.remove('net'), fails('NETWORK_IN_USE'));
  assert.equal(await networks.remove(net.id.slice(0, 16), { ignoreStopped: true }), net);
  assert.throws(() => networks.find('net'), fails('NO_SUCH_NETWORK'));
  assert.deepEqual(driver.calls, ['removeNetwork net']);
  assert.deepEqual(events, ['create net', 'remove net']);
  assert.deepEqual(state.collection('address-leases').entries(), []);
  assert.equal(setup(state).networks.list().length, 3);
});

test('pruning removes what no container is configured for', async () => {
  const { networks, users, events } = setup();
  const used = networks.create({ name: 'used', subnets: [] });
  networks.create({ name: 'kept', subnets: [], labels: { keep: '1' } });
  networks.create({ name: 'unused', subnets: [] });
  users.set(used.id, [{ id: 'c', name: 'c', running: false }]);
  const removed = await networks.prune({ 'label!': ['keep'] });
  assert.deepEqual(
    removed.map(({ name }) => name),
    ['unused'],
  );
  assert.deepEqual(events.slice(-2), ['remove unused', 'prune']);
  await assert.rejects(networks.prune({ dangling: ['true'] }), fails('INVALID_FILTER'));
  assert.equal(networks.list().length, 5);
});

test('a container that names no network is planned on the default one', () => {
  const { networks } = setup();
  const [plan, ...rest] = networks.plan('c1', networks.resolve(bridge()));
  assert.deepEqual(rest, []);
  assert.deepEqual(plan?.ipv4, { address: '10.88.0.2', prefix: 16, gateway: '10.88.0.1' });
  assert.deepEqual(
    [plan?.interfaceName, plan?.networkName, plan?.primary, plan?.network],
    ['eth0', 'podman', true, networks.find('podman')],
  );
  assert.match(plan?.mac ?? '', /^.[26ae]:/);
  assert.equal(networks.leases(plan?.networkId ?? '').length, 1);
});

test('modes other than bridge take nothing', () => {
  const { networks } = setup();
  for (const kind of ['host', 'none'] as const) assert.deepEqual(networks.resolve({ ...bridge(), mode: { kind } }), []);
});

test('endpoints keep what is asked for, and the default route follows priority past internal networks', () => {
  const { networks } = setup();
  networks.create({ name: 'inner', subnets: [], internal: true });
  networks.create({ name: 'low', subnets: [{ subnet: '10.9.1.0/24' }, { subnet: 'fd09::/64' }] });
  networks.create({ name: 'high', subnets: [{ subnet: '10.9.2.0/24' }] });
  const plans = networks.plan(
    'c1',
    networks.resolve(
      bridge({
        low: { aliases: ['l'], ipv4: '10.9.1.99', ipv6: 'fd09:0::99', mac: '02-AA-00-00-00-01' },
        high: { aliases: [], gatewayPriority: 10, interfaceName: 'up0' },
        inner: { aliases: [], gatewayPriority: 20 },
      }),
    ),
  );
  assert.deepEqual(
    plans.map(({ networkName, interfaceName, primary }) => [networkName, interfaceName, primary]),
    [
      ['inner', 'eth1', false],
      ['high', 'up0', true],
      ['low', 'eth0', false],
    ],
  );
  const low = plans[2];
  assert.deepEqual(
    [low?.ipv4?.address, low?.ipv6, low?.mac],
    ['10.9.1.99', { address: 'fd09::99', prefix: 64, gateway: 'fd09::1' }, '02:aa:00:00:00:01'],
  );
  assert.equal(plans[0]?.ipv4?.gateway, undefined);
});

test('a plan that fails leases nothing', () => {
  const { networks, state } = setup();
  networks.create({ name: 'one', subnets: [] });
  networks.create({ name: 'two', subnets: [{ subnet: '10.9.1.0/24' }] });
  const endpoints = networks.resolve(bridge({ one: { aliases: [] }, two: { aliases: [], ipv4: '10.9.1.5' } }));
  networks.plan('c1', endpoints);
  assert.throws(() => networks.plan('c2', endpoints), fails('ADDRESS_IN_USE'));
  assert.deepEqual(
    state
      .collection<{ containerId: string }>('address-leases')
      .entries()
      .map(([, lease]) => lease.containerId),
    ['c1', 'c1'],
  );
  assert.equal(networks.plan('c1', endpoints)[1]?.ipv4?.address, '10.9.1.5');
  assert.equal(state.collection('address-leases').entries().length, 2);
});

test('bad endpoints are refused before anything is taken', () => {
  const { networks } = setup();
  networks.create({ name: 'four', subnets: [{ subnet: '10.9.1.0/24' }] });
  const cases: [NetworkAttachments['endpoints'], ErrorCode][] = [
    [{ nothing: { aliases: [] } }, 'NO_SUCH_NETWORK'],
    [{ host: { aliases: [] } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], ipv4: 'x' } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], ipv6: 'fd00::1' } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], mac: 'zz' } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], mac: '01:00:00:00:00:01' } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], interfaceName: 'lo' } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], driverOptions: { colour: 'red' } } }, 'INVALID_PARAMETER'],
    [{ four: { aliases: [], interfaceName: 'a0' }, podman: { aliases: [], interfaceName: 'a0' } }, 'INVALID_PARAMETER'],
  ];
  for (const [endpoints, code] of cases)
    assert.throws(() => networks.resolve(bridge(endpoints)), fails(code), JSON.stringify(endpoints));
  const id = networks.find('four').id;
  assert.throws(
    () => networks.resolve(bridge({ four: { aliases: [] }, [id]: { aliases: [] } })),
    fails('INVALID_PARAMETER'),
  );
  const [first] = networks.resolve(bridge({ four: { aliases: [] } }));
  assert.ok(first);
  const container = { name: 'c', endpoints: [first] };
  assert.equal(networks.resolveOne('podman', { aliases: [] }, container).interfaceName, 'eth1');
  assert.throws(() => networks.resolveOne('podman', { aliases: ['x'] }, container), fails('INVALID_PARAMETER'));
  assert.throws(() => networks.resolveOne('four', { aliases: [] }, container), fails('NETWORK_CONNECTED'));
});

test('attach and detach tell who came and went', async () => {
  const { networks, events, driver } = setup();
  const endpoints = networks.plan('c1', networks.resolve(bridge()));
  const request = { containerId: 'c1', containerName: 'c', namespace: '/x', endpoints, ports: [] };
  await networks.attach(request);
  await networks.detach(request);
  assert.deepEqual(events, ['connect podman c1', 'disconnect podman c1']);
  assert.deepEqual(driver.calls, ['attach c1', 'detach c1']);
  assert.deepEqual(networks.planned(endpoints), endpoints);
});

test('ports without a host address go where the network says, or on the families it has', () => {
  const { networks } = setup();
  networks.create({ name: 'six', subnets: [{ subnet: 'fd09::/64' }] });
  networks.create({
    name: 'bound',
    subnets: [],
    options: { 'com.docker.network.bridge.host_binding_ipv4': '127.0.0.1' },
  });
  const on = (name: string) => networks.hostAddresses(networks.resolve(bridge({ [name]: { aliases: [] } })));
  assert.deepEqual(on('podman'), ['0.0.0.0']);
  assert.deepEqual(on('six'), ['0.0.0.0', '::']);
  assert.deepEqual(on('bound'), ['127.0.0.1']);
});
